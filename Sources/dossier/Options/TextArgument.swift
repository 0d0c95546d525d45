import FoundationEssentials
import Glibc
import Subprocess
import Terminal

/// Reads text that a command takes: as it stands, `-` from standard input, `@FILE` from a file, and from an editor when
/// none is given at a terminal.
enum TextArgument {
  static func read(_ argument: String) throws -> String {
    if argument == "-" { return try decode(FileHandleReader.standardInput(), "standard input") }
    guard argument.hasPrefix("@"), argument.count > 1 else { return argument }
    let path = String(argument.dropFirst())
    do {
      return try decode(Array(Data(contentsOf: URL(filePath: path))), path)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(
        .notFound, "\(path) cannot be read. Check its name; write text that begins with @ through -"
      )
    }
  }

  /// The text given, or what is written in an editor.
  static func readOrEdit(
    _ argument: String?, what: String, initial: String = "", _ session: Session
  ) async throws -> String {
    if let argument { return try read(argument) }
    guard session.terminal.inputIsTerminal else {
      throw Failure(.usage, "the \(what) is missing. Give it as an argument, or - to pipe it in")
    }
    return try await Editor(session.settings.environment).edit(initial, suffix: ".txt")
  }

  private static func decode(_ bytes: [UInt8], _ name: String) throws -> String {
    var text = bytes
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { text.removeFirst(3) }
    guard let decoded = String(validating: text, as: UTF8.self) else {
      throw Failure(.badInput, "\(name) is not UTF-8: byte \(firstFault(in: bytes)) is wrong")
    }
    return decoded.hasSuffix("\n") ? String(decoded.dropLast()) : decoded
  }

  /// The offset of the first byte that no character can contain there.
  private static func firstFault(in bytes: [UInt8]) -> Int {
    var low = 0
    var high = bytes.count
    // The longest prefix that decodes, but for a character cut off at its end.
    while low < high {
      let middle = (low + high + 1) / 2
      let isWhole = (0...3).contains { cut in
        cut <= middle && String(validating: bytes[..<(middle - cut)], as: UTF8.self) != nil
          && (cut == 0 || bytes[middle - cut] >= 0xC2)
      }
      if isWhole { low = middle } else { high = middle - 1 }
    }
    return low
  }
}

/// Reads a whole stream.
enum FileHandleReader {
  /// The most that is read, in bytes: one text has a smaller limit of its own.
  private static let limit = 1 << 20

  static func standardInput() throws -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return bytes }
      bytes += buffer.prefix(count)
      guard bytes.count <= limit else {
        throw Failure(.badInput, "standard input is longer than \(limit) bytes. Shorten the text")
      }
    }
  }
}
