import ArgumentParser
import Glibc
import Terminal

/// Reads text that a command takes: as it stands, `-` from standard input, `@FILE` from a file, and
/// from an editor when none is given at a terminal. `@@` begins a text that begins with `@`.
enum TextArgument {
  /// The most bytes that one text may have; a page of a book has about three thousand.
  static let limit = 1 << 20

  /// The text that an argument stands for.
  ///
  /// - Throws: `Failure` when there is no such file, or what it holds is no text.
  static func read(_ argument: String) throws -> String {
    if argument == "-" {
      let bytes = try FileReader.bytes(from: STDIN_FILENO, named: "standard input", limit: limit)
      return try withoutFinalBreaks(UTF8Text.decode(bytes, from: "standard input"))
    }
    guard argument.hasPrefix("@"), argument.count > 1 else { return argument }
    let path = String(argument.dropFirst())
    if path.hasPrefix("@") { return path }
    let bytes = try FileReader.bytes(of: path, limit: limit)
    return try withoutFinalBreaks(UTF8Text.decode(bytes, from: path))
  }

  /// A quote. An empty one is no quote at all, and mostly one that was lost on its way.
  ///
  /// - Throws: `Failure` as `read` does, and for an empty quote.
  static func quote(_ argument: String) throws -> String {
    let quote = try read(argument)
    guard quote.contains(where: { !$0.isWhitespace }) else {
      throw Failure(.badInput, "the quote is empty. Give the source's words, or leave -q out")
    }
    return quote
  }

  /// The text given, or what is written in an editor.
  ///
  /// - Throws: `Failure` when there is none and nobody to ask.
  static func readOrEdit(
    _ argument: String?, what: String, initial: String = "", _ session: Session
  ) async throws -> String {
    if let argument { return try read(argument) }
    guard session.terminal.canEdit else {
      throw Failure(.usage, "the \(what) is missing. Give it as an argument, or - to pipe it in")
    }
    let text = try await Editor(session.settings.environment)
      .edit(initial, hint: "Write the \(what) above.")
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw Failure(.badInput, "the \(what) was left empty, and nothing was written")
    }
    return withoutFinalBreaks(text)
  }

  private static func withoutFinalBreaks(_ text: String) -> String {
    guard let last = text.lastIndex(where: { !$0.isNewline }) else { return "" }
    return String(text[...last])
  }
}

extension Terminal {
  /// Whether a person sits at both ends, so that an editor can be opened.
  var canEdit: Bool { inputIsTerminal && outputSurface.isTerminal }
}

extension ArgumentHelp {
  /// The help of a text that is due: what it is, and where it may come from.
  static func explanation(_ what: String) -> ArgumentHelp {
    "\(what); - reads standard input, @FILE a file; none at a terminal opens your editor."
  }
}
