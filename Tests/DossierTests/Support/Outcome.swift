import StrictJSON
import Subprocess

/// How a run of the tool ended, and what it wrote.
struct Outcome {
  let status: Int32
  let output: String
  let errors: String

  /// The end of a process, as bash counts it but for signals, which are negative.
  init(_ end: TerminationStatus, _ output: [UInt8], _ errors: [UInt8]) {
    status =
      switch end {
      case .exited(let code): code
      case .signaled(let number): -number
      }
    self.output = String(decoding: output, as: UTF8.self)
    self.errors = String(decoding: errors, as: UTF8.self)
  }

  /// Standard output as lines, without the last line's break.
  var lines: [String] {
    output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  /// Standard output as JSON.
  var json: JSON {
    get throws { try JSON(parsing: output) }
  }
}
