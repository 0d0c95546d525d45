import ArgumentParser
import StrictJSON

/// What to say about a command line that cannot be understood.
enum UsageMessage {
  /// One sentence or two, and where to read on.
  ///
  /// - Parameters:
  ///   - error: What the parser, or a command's own check of its options, threw.
  ///   - arguments: The command line.
  /// - Returns: A failure with status 64.
  static func failure(_ error: any Error, _ arguments: [String]) -> Failure {
    let path = CommandPath(arguments)
    if let failure = path.unknownCommand { return failure }
    if let value = arguments.first(where: looksLikeValue) {
      return Failure(
        .usage,
        "\"\(value)\" begins with a hyphen, as options do. Write the options first, then -- and "
          + "the rest: \(path.text) … -- … \"\(value)\"")
    }
    let problem = withoutFarFetchedHint(sentence(Dossier.message(for: error)))
    return Failure(.usage, "\(problem) See \"\(path.text) --help\"")
  }

  /// The parser suggests the nearest option however far away it is; a hint that is no help is left out.
  private static func withoutFarFetchedHint(_ text: String) -> String {
    guard let hint = text.firstMatch(of: /'--([a-z-]+)'\.( Did you mean '--([a-z-]+)'\?)/),
      closest(to: String(hint.1), among: [String(hint.3)]) == nil
    else { return text }
    return text.replacing(hint.2, with: "")
  }

  /// No option has a digit after its hyphen, or a space in its name.
  private static func looksLikeValue(_ argument: String) -> Bool {
    guard argument.hasPrefix("-"), let second = argument.dropFirst().first, second != "-" else {
      return false
    }
    return second.isNumber || argument.contains(" ") && !argument.contains("=")
  }

  /// The parser's message in our own manner: one line, beginning in lower case, with a full stop.
  private static func sentence(_ text: String) -> String {
    let lines = text.split(whereSeparator: \.isNewline)
    let words = lines.map { $0.drop { $0 == " " } }.joined(separator: " ")
    guard let first = words.first else { return "the command line cannot be understood." }
    let isSentence = words.last.map { ".?!".contains($0) } ?? false
    // Names keep their capitals: only a word of ordinary case is lowered.
    let isWord = words.dropFirst().first?.isLowercase ?? true
    return (isWord ? first.lowercased() : String(first)) + words.dropFirst()
      + (isSentence ? "" : ".")
  }
}
