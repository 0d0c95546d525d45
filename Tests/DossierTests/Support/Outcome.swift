import StrictJSON

/// How a run of the tool ended, and what it wrote.
struct Outcome {
  let status: Int32
  let output: String
  let errors: String

  /// Standard output as lines, without the last line's break.
  var lines: [String] {
    output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  /// Standard output as JSON.
  var json: JSON {
    get throws { try JSON(parsing: output) }
  }
}
