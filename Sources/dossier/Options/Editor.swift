import FoundationEssentials
import Subprocess
import SystemPackage
import Terminal

/// The editor of the person at the terminal.
struct Editor {
  /// How it is called, with its arguments.
  let command: String

  /// Editors that draw on the terminal when nothing more is said.
  private static let drawing = ["vi", "vim", "nvim", "nano"]

  /// Takes `$VISUAL`, then `$EDITOR`, then `vi`.
  init(_ environment: [String: String]) {
    let wanted = [environment["VISUAL"], environment["EDITOR"]].compactMap { $0 }
    command = wanted.first { !$0.isEmpty } ?? "vi"
  }

  /// Whether it can be opened here: without a person at both ends only one that needs no terminal can.
  func canOpen(at terminal: Terminal) -> Bool {
    terminal.canEdit || !Self.drawing.contains { command == $0 || command.hasSuffix("/\($0)") }
  }

  /// Lets the person edit a text below which a hint stands; lines beginning with `#` are left out.
  func edit(_ text: String, hint: String) async throws -> String {
    let comment = "\n# \(hint) Lines that begin with # are left out; an empty text cancels.\n"
    let file = try EditedFile(text + comment, name: "text", suffix: ".txt")
    defer { file.remove() }
    return try await edit(file).split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("#") }.joined(separator: "\n")
  }

  /// Lets the person edit a file and returns what was saved.
  ///
  /// - Throws: `Failure` when the editor fails or saves something that is no text.
  func edit(_ file: EditedFile) async throws -> String {
    // The shell takes the editor's arguments apart; the file's name is never part of a script.
    let result = try await Subprocess.run(
      .path("/bin/sh"), arguments: ["-c", "\(command) \"$1\"", "sh", file.path],
      input: .fileDescriptor(.standardInput, closeAfterSpawningProcess: false),
      output: .fileDescriptor(.standardOutput, closeAfterSpawningProcess: false),
      error: .fileDescriptor(.standardError, closeAfterSpawningProcess: false))
    guard result.terminationStatus.isSuccess else {
      throw Failure(.usage, "the editor (\(command)) failed; nothing was written. Set EDITOR")
    }
    return try file.text()
  }
}

/// A file of its own for what is written in an editor.
struct EditedFile {
  private let file: URL

  /// Where it is.
  var path: String { file.path }

  /// Makes a file that nobody else may read; one that stands there already is never followed.
  ///
  /// - Throws: `Failure` when it cannot be made.
  init(_ text: String, name: String, suffix: String) throws {
    file = FileManager.default.temporaryDirectory
      .appending(path: "dossier-\(name)-\(UUID().uuidString.prefix(8))\(suffix)")
    guard
      FileManager.default.createFile(
        atPath: file.path, contents: nil, attributes: [.posixPermissions: 0o600])
    else {
      throw Failure(.unavailable, "no temporary file can be made in \(file.path). Set TMPDIR")
    }
    try write(text)
  }

  /// What it holds now.
  ///
  /// - Throws: `Failure` when that is no text.
  func text() throws -> String {
    let bytes = try FileReader.bytes(of: path, limit: TextArgument.limit)
    return try UTF8Text.decode(bytes, from: "what the editor saved")
  }

  func write(_ text: String) throws { try Data(text.utf8).write(to: file) }

  func remove() { try? FileManager.default.removeItem(at: file) }
}
