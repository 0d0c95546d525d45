import ArgumentParser
import Terminal

/// What `--help`, `help`, `--version` and `--generate-completion-script` print.
struct HelpText {
  let text: String

  /// Lines longer than this are tiring to read.
  private static let widest = 100
  private static let overview = "OVERVIEW: "
  private static let usage = "USAGE: "
  private static let subcommands = " SUBCOMMANDS:"

  /// The text that was asked for; nil when the error is a real one.
  ///
  /// - Parameters:
  ///   - error: What the parser threw.
  ///   - width: Columns of the terminal.
  init?(_ error: any Error, width: Int) {
    guard Dossier.exitCode(for: error) == .success else { return nil }
    let width = min(max(width, 40), Self.widest)
    let text = Dossier.fullMessage(for: error, columns: width)
    guard text.hasPrefix(Self.overview) else {
      self.text = text.hasSuffix("\n") ? text : text + "\n"
      return
    }
    // The parser's headings, made to read as those of a manual.
    let lines = text.dropFirst(Self.overview.count)
      .split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { line -> [String] in
        if line.hasPrefix(Self.usage) { return Self.wrapped(line, to: width) }
        return [
          line.hasSuffix(Self.subcommands)
            ? line.dropLast(Self.subcommands.count) + ":" : String(line)
        ]
      }
    self.text = lines.joined(separator: "\n") + "\n"
  }

  /// The parser writes usage in one line, however long; an option stays together with its value.
  private static func wrapped(_ line: Substring, to width: Int) -> [String] {
    let together = line.replacing(" <", with: "\u{A0}<")
    return StyledText(String(together))
      .wrapped(to: width, hangingIndent: usage.count, breakingWords: false)
      .map { $0.rendered(inColor: false).replacing("\u{A0}", with: " ") }
  }
}
