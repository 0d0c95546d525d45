import FoundationEssentials
import Subprocess
import SystemPackage

/// The editor of the person at the terminal.
struct Editor {
  private let command: String

  /// Takes `$VISUAL`, then `$EDITOR`, then `vi`.
  init(_ environment: [String: String]) {
    let wanted = [environment["VISUAL"], environment["EDITOR"]].compactMap { $0 }
    command = wanted.first { !$0.isEmpty } ?? "vi"
  }

  /// Lets the person edit a text below which a hint stands; lines beginning with `#` are left out.
  func edit(_ text: String, hint: String) async throws -> String {
    let comment = "\n# \(hint) Lines that begin with # are left out; an empty text cancels.\n"
    return try await edit(text + comment, suffix: ".txt")
      .split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("#") }.joined(separator: "\n")
  }

  /// Lets the person edit a text and returns what was saved.
  ///
  /// - Throws: `Failure` when the editor fails or saves something that is no text.
  func edit(_ text: String, suffix: String) async throws -> String {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "dossier-\(UUID().uuidString)\(suffix)")
    try Self.create(file, text)
    defer { try? FileManager.default.removeItem(at: file) }
    // The shell takes the editor's arguments apart; the file's name is never part of a script.
    let result = try await Subprocess.run(
      .path("/bin/sh"), arguments: ["-c", "\(command) \"$1\"", "sh", file.path],
      input: .fileDescriptor(.standardInput, closeAfterSpawningProcess: false),
      output: .fileDescriptor(.standardOutput, closeAfterSpawningProcess: false),
      error: .fileDescriptor(.standardError, closeAfterSpawningProcess: false))
    guard result.terminationStatus.isSuccess else {
      throw Failure(.usage, "the editor (\(command)) failed; nothing was written. Set EDITOR")
    }
    let bytes = try FileReader.bytes(of: file.path, limit: TextArgument.limit)
    return try UTF8Text.decode(bytes, from: "what the editor saved")
  }

  /// Nobody else may read what is written, and a file that stands there already is never followed.
  private static func create(_ file: URL, _ text: String) throws {
    guard
      FileManager.default.createFile(
        atPath: file.path, contents: nil, attributes: [.posixPermissions: 0o600])
    else {
      throw Failure(.unavailable, "no temporary file can be made in \(file.path). Set TMPDIR")
    }
    try Data(text.utf8).write(to: file)
  }
}
