import FoundationEssentials
import Subprocess
import SystemPackage

/// The editor of the person at the terminal.
struct Editor {
  private let command: String

  init(_ environment: [String: String]) {
    let wanted = [environment["VISUAL"], environment["EDITOR"]].compactMap { $0 }
    command = wanted.first { !$0.isEmpty } ?? "vi"
  }

  /// Lets the person edit a text and returns what was saved.
  func edit(_ text: String, suffix: String) async throws -> String {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "dossier-\(UUID().uuidString)\(suffix)")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let result = try await Subprocess.run(
      .path("/bin/sh"), arguments: ["-c", "\(command) \"$1\"", "sh", file.path],
      input: .fileDescriptor(.standardInput, closeAfterSpawningProcess: false),
      output: .fileDescriptor(.standardOutput, closeAfterSpawningProcess: false),
      error: .fileDescriptor(.standardError, closeAfterSpawningProcess: false))
    guard result.terminationStatus.isSuccess else {
      throw Failure(.usage, "the editor (\(command)) failed; nothing was written. Set EDITOR")
    }
    return String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }
}
