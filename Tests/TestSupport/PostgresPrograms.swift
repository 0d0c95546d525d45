import Foundation

/// The programs of the newest PostgreSQL server on this machine.
struct PostgresPrograms: Sendable {
  private let directory: String

  /// Finds the programs, or throws ``PostgresProgramsMissing``.
  init() throws {
    let root = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    let found = versions.compactMap { Int($0) }.filter { $0 >= 15 }.sorted(by: >)
      .map { "\(root)/\($0)/bin" }
      .first { FileManager.default.isExecutableFile(atPath: "\($0)/initdb") }
    guard let found else { throw PostgresProgramsMissing() }
    directory = found
  }

  /// A command line that runs a program as somebody who may run PostgreSQL, which refuses root.
  func commandLine(_ program: String, _ arguments: [String]) -> [String] {
    let command = ["\(directory)/\(program)"] + arguments
    guard geteuid() == 0 else { return command }
    return ["/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"]
      + command
  }

  /// Runs a program to its end and returns its exit status.
  func run(_ program: String, _ arguments: [String]) async throws -> Int32 {
    await ChildProcess.wait(for: try ChildProcess.spawn(commandLine(program, arguments)))
  }
}

/// No PostgreSQL server is installed.
public struct PostgresProgramsMissing: Error, CustomStringConvertible {
  /// What is missing, and what to do.
  public var description: String {
    "No PostgreSQL server of version 15 or later was found; run Scripts/setup."
  }
}
