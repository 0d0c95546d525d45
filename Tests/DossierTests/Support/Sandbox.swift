import FoundationEssentials
import PostgresClient
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// A person's surroundings, made for one test: a home directory, an environment with nothing of the
/// machine's own, and perhaps a database in which they have a login.
struct Sandbox: Sendable {
  /// The home directory, empty but for what the test puts there.
  let home: URL
  /// The environment that the tool is run in.
  let environment: [String: String]

  /// The tool: `DOSSIER_BIN`, else the one that was built with the tests.
  static let tool: String = {
    let beside = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    return ProcessInfo.processInfo.environment["DOSSIER_BIN"]
      ?? beside.appending(path: "dossier").path
  }()

  private init(home: URL, database: PostgresConfiguration?) {
    self.home = home
    var environment = [
      "HOME": home.path, "PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8",
      "DOSSIER_HOME": home.appending(path: "server").path,
    ]
    if let database { environment["DATABASE_URL"] = database.description }
    self.environment = environment
  }

  /// Runs the tool.
  ///
  /// - Parameters:
  ///   - arguments: its arguments.
  ///   - input: what it reads from standard input.
  ///   - extra: variables beside those of the sandbox.
  /// - Returns: how it ended and what it wrote.
  /// - Throws: when the tool cannot be run at all.
  func run(
    _ arguments: [String], input: String = "", with extra: [String: String] = [:]
  ) async throws -> Outcome {
    try await execute(Self.tool, arguments, input: Array(input.utf8), with: extra)
  }

  /// Runs the tool with these words.
  func callAsFunction(_ arguments: String...) async throws -> Outcome {
    try await run(arguments)
  }

  /// Runs a shell script that knows the tool as `$DOSSIER`.
  func shell(_ script: String, with extra: [String: String] = [:]) async throws -> Outcome {
    try await execute("/bin/bash", ["-c", script], input: [], with: extra)
  }

  private func execute(
    _ program: String, _ arguments: [String], input: [UInt8], with extra: [String: String]
  ) async throws -> Outcome {
    let variables = environment.merging(extra) { $1 }.merging(["DOSSIER": Self.tool]) { $1 }
    var custom: [Environment.Key: String] = [:]
    for (name, value) in variables { custom[Environment.Key(stringLiteral: name)] = value }
    let result = try await Subprocess.run(
      .path(FilePath(program)), arguments: Arguments(arguments), environment: .custom(custom),
      workingDirectory: FilePath(home.path), input: .array(input),
      output: .bytes(limit: 1 << 24), error: .bytes(limit: 1 << 20))
    let status: Int32 =
      switch result.terminationStatus {
      case .exited(let code): code
      case .signaled(let number): -number
      }
    return Outcome(
      status: status, output: String(decoding: result.standardOutput, as: UTF8.self),
      errors: String(decoding: result.standardError, as: UTF8.self))
  }

  /// Writes a file in the home directory, making the directories above it.
  func write(_ text: String, to path: String) throws {
    let file = home.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// Reads a file of the home directory.
  func read(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: home.appending(path: path)), as: UTF8.self)
  }

  // MARK: Making one

  /// Runs a test in surroundings without a database.
  static func withoutDatabase(
    _ body: @Sendable (Sandbox) async throws -> Void
  ) async throws {
    try await make(nil, body)
  }

  /// Runs a test with a login on a database of its own, prepared and empty.
  static func withDatabase(
    _ body: @Sendable (Sandbox) async throws -> Void
  ) async throws {
    try await withTestDatabase(.migrated) { try await make($0.asTestPerson, body) }
  }

  /// Runs a test in a casebook `demo` with a source `book` and a case `smith`.
  static func withCasebook(
    _ body: @Sendable (Sandbox) async throws -> Void
  ) async throws {
    try await withTestDatabase(.demonstration) { try await make($0.asTestPerson, body) }
  }

  /// Runs commands that must succeed.
  func prepare(_ commands: [[String]]) async throws {
    for command in commands {
      let outcome = try await run(command)
      try #require(outcome.status == 0, "\(command): \(outcome.errors)")
    }
  }

  /// Makes a home directory that is gone after the body.
  static func make(
    _ database: PostgresConfiguration?, _ body: @Sendable (Sandbox) async throws -> Void
  ) async throws {
    let home = FileManager.default.temporaryDirectory
      .appending(path: "dossier-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: home) }
    try await body(Sandbox(home: home, database: database))
  }
}
