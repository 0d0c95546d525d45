import ArgumentParser
import Terminal

/// What `--help`, `help`, `--version` and `--generate-completion-script` print.
struct HelpText {
  let text: String

  /// Lines longer than this are tiring to read.
  private static let widest = 100
  private static let overview = "OVERVIEW: "
  private static let subcommands = " SUBCOMMANDS:"

  /// The text that was asked for; nil when the error is a real one.
  ///
  /// - Parameters:
  ///   - error: What the parser threw.
  ///   - width: Columns of the terminal.
  init?(_ error: any Error, width: Int) {
    guard Dossier.exitCode(for: error) == .success else { return nil }
    let text = Dossier.fullMessage(for: error, columns: min(max(width, 40), Self.widest))
    guard text.hasPrefix(Self.overview) else {
      self.text = text.hasSuffix("\n") ? text : text + "\n"
      return
    }
    // The parser's headings, made to read as those of a manual.
    let lines = text.dropFirst(Self.overview.count)
      .split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.hasSuffix(Self.subcommands) ? $0.dropLast(Self.subcommands.count) + ":" : $0 }
    self.text = lines.joined(separator: "\n") + "\n"
  }
}
