import FoundationEssentials
import Glibc
import PostgresClient
import StrictJSON
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
  private let database: PostgresConfiguration?

  /// The tool: `DOSSIER_BIN`, else the one that was built with the tests.
  static let tool: String = {
    let beside = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    return ProcessInfo.processInfo.environment["DOSSIER_BIN"]
      ?? beside.appending(path: "dossier").path
  }()

  private init(home: URL, database: PostgresConfiguration?) {
    // A tool that ends without reading its input is no reason to end all tests.
    signal(SIGPIPE, SIG_IGN)
    self.home = home
    self.database = database
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

  /// Runs the tool with a line of arguments as they are typed in a shell.
  func typed(_ line: String, with extra: [String: String] = [:]) async throws -> Outcome {
    try await shell("\"$DOSSIER\" \(line)", with: extra)
  }

  /// Types a line that must succeed.
  @discardableResult
  func done(_ line: String, with extra: [String: String] = [:]) async throws -> Outcome {
    let outcome = try await typed(line, with: extra)
    try #require(outcome.status == 0, "dossier \(line): \(outcome.errors)")
    return outcome
  }

  /// Types a line that must succeed, and reads the answer as JSON.
  func json(_ line: String, with extra: [String: String] = [:]) async throws -> JSON {
    try await done("\(line) --format json", with: extra).json
  }

  /// The last position of the log.
  func head() async throws -> Int {
    try #require(try await json("log head")["position"]?.integerValue)
  }

  /// How much the database holds: casebooks, and events of all of them. Asked without the tool.
  func written() async throws -> [Int64] {
    var superuser = try TestServer.configuration
    superuser.database = database?.database
    let connection = try await PostgresConnection.connect(superuser)
    let rows = try await connection.query(
      "SELECT (SELECT count(*) FROM dossier.casebook), (SELECT count(*) FROM dossier.event)")
    let counts = try rows.map {
      try [$0.decode(Int64.self, at: 0), $0.decode(Int64.self, at: 1)]
    }
    await connection.close()
    return counts.flatMap { $0 }
  }

  /// Runs a statement as somebody who may do anything on the server.
  func tamper(_ sql: String) async throws {
    var superuser = try TestServer.configuration
    superuser.database = database?.database
    let connection = try await PostgresConnection.connect(superuser)
    try await connection.execute(script: "SET dossier.migrating = on; \(sql)")
    await connection.close()
  }

  /// Runs a shell script that knows the tool as `$DOSSIER`.
  func shell(_ script: String, with extra: [String: String] = [:]) async throws -> Outcome {
    try await execute("/bin/bash", ["-c", script], input: [], with: extra)
  }

  /// Runs the tool and interrupts it, as Ctrl-C does unless it is another signal, when the moment has come.
  func interrupt(
    _ arguments: [String], by signal: Signal = .interrupt, with extra: [String: String] = [:],
    when moment: @Sendable () async throws -> Void
  ) async throws -> Outcome {
    let result = try await Subprocess.run(
      .path(FilePath(Self.tool)), arguments: Arguments(arguments), environment: variables(extra),
      workingDirectory: FilePath(home.path), input: .none,
      output: .bytes(limit: 1 << 20), error: .bytes(limit: 1 << 20)
    ) { execution in
      try await moment()
      try execution.send(signal: signal)
    }
    return Outcome(result.terminationStatus, result.standardOutput, result.standardError)
  }

  private func execute(
    _ program: String, _ arguments: [String], input: [UInt8], with extra: [String: String]
  ) async throws -> Outcome {
    let result = try await Subprocess.run(
      .path(FilePath(program)), arguments: Arguments(arguments), environment: variables(extra),
      workingDirectory: FilePath(home.path), input: .array(input),
      output: .bytes(limit: 1 << 24), error: .bytes(limit: 1 << 20))
    return Outcome(result.terminationStatus, result.standardOutput, result.standardError)
  }

  private func variables(_ extra: [String: String]) -> Environment {
    let all = environment.merging(extra) { $1 }.merging(["DOSSIER": Self.tool]) { $1 }
    return .custom(Dictionary(uniqueKeysWithValues: all.map { (.init(stringLiteral: $0), $1) }))
  }

  /// Writes a file in the home directory, making the directories above it.
  func write(_ text: String, to path: String) throws {
    try write(bytes: Array(text.utf8), to: path)
  }

  /// The same for what need not be text.
  func write(bytes: [UInt8], to path: String) throws {
    let file = home.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  /// Reads a file of the home directory.
  func read(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: home.appending(path: path)), as: UTF8.self)
  }

  /// The same surroundings of somebody else.
  func of(_ person: TestPerson) -> Sandbox {
    Sandbox(home: home, database: database?.of(person))
  }

  /// The same surroundings of whoever runs the server.
  func asKeeper() throws -> Sandbox {
    var superuser = try TestServer.configuration
    superuser.database = database?.database
    return Sandbox(home: home, database: superuser)
  }

  /// Runs a statement as the administrator of the tests' server.
  static func administer(_ script: String) async throws {
    let connection = try await PostgresConnection.connect(TestServer.configuration)
    try await connection.execute(script: script)
    await connection.close()
  }

  /// Whether a file system can be mounted in a namespace of its own, as root can.
  static func canMount() async throws -> Bool {
    let mount = try await Subprocess.run(
      .name("unshare"), arguments: ["-m", "mount", "-t", "tmpfs", "none", "/mnt"],
      output: .discarded)
    return mount.terminationStatus.isSuccess
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
    try await withTestDatabase(.migrated) { try await make($0.of(.admin), body) }
  }

  /// Runs a test in a casebook `demo` with a source `book` and a case `smith`.
  static func withCasebook(
    _ body: @Sendable (Sandbox) async throws -> Void
  ) async throws {
    try await withTestDatabase(.demonstration) { try await make($0.of(.admin), body) }
  }

  /// Runs a test in the casebook `notes` of ``Office``.
  static func withOffice(
    _ body: @Sendable (Sandbox) async throws -> Void
  ) async throws {
    try await withTestDatabase(.office) { try await make($0.of(.admin), body) }
  }

  /// Runs a test in the casebook that Dossier carries.
  static func withBundledCasebook(
    _ body: @Sendable (Sandbox) async throws -> Void
  ) async throws {
    try await withTestDatabase(.bundled) { try await make($0.of(.admin), body) }
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
