public import PostgresClient

import Foundation

/// A PostgreSQL server that belongs to one test, which may stop, kill and restart it.
///
/// It listens on a Unix socket in a folder of its own. Unlike the server that tests share it
/// survives its own crashes: what it acknowledged is on disk.
public final class PrivateServer: Sendable {
  /// How a server is told to stop.
  public enum StopMode: String, Sendable {
    /// Sessions are thrown out, their transactions rolled back.
    case fast
    /// At once, as in a crash: the next start recovers.
    case immediate
  }

  /// The folder of its socket and its data.
  public let directory: String
  private let programs: PostgresPrograms
  private let watchdog: Watchdog

  private var dataDirectory: String { directory + "/data" }

  /// How to reach its `postgres` database as a superuser.
  public var configuration: PostgresConfiguration {
    PostgresConfiguration(keywords: [
      "host": directory, "port": "5432", "user": "postgres", "dbname": "postgres",
    ])
  }

  private init(inFolder template: String) throws {
    programs = try PostgresPrograms()
    var template = Array(template.utf8CString)
    guard let path = mkdtemp(&template) else {
      throw PrivateServerFailure("No folder could be made in /tmp.", log: "")
    }
    directory = String(cString: path)
    if geteuid() == 0, let postgres = getpwnam("postgres") {
      _ = chown(directory, postgres.pointee.pw_uid, postgres.pointee.pw_gid)
    }
    // From here on the folder is the watchdog's to remove, even if this process is killed.
    watchdog = try Watchdog(
      directory: directory,
      stopCommand: programs.commandLine(
        "pg_ctl", ["stop", "--mode=immediate", "--silent", "--pgdata=\(directory)/data"]))
  }

  /// Creates a server and starts it, with lines for its `postgresql.conf`.
  public convenience init(settings: [String] = []) async throws {
    try self.init(inFolder: "/tmp/dossier-pg.XXXXXX")
    let status = try await programs.run(
      "initdb",
      [
        "--pgdata=\(dataDirectory)", "--username=postgres", "--auth=trust", "--encoding=UTF8",
        "--locale=C.UTF-8", "--no-sync", "--no-instructions",
      ])
    guard status == 0 else { throw PrivateServerFailure("initdb failed.", log: "") }
    try configure(["listen_addresses = ''", "jit = off"] + settings)
    try await start()
  }

  /// Creates a standby of another server, which follows it and can be read, and starts it.
  public convenience init(standbyOf primary: PrivateServer) async throws {
    try self.init(inFolder: "/tmp/dossier-pg.XXXXXX")
    let status = try await programs.run(
      "pg_basebackup",
      [
        "--pgdata=\(dataDirectory)", "--write-recovery-conf", "--checkpoint=fast", "--no-sync",
        "--host=\(primary.directory)", "--username=postgres",
      ])
    guard status == 0 else { throw PrivateServerFailure("pg_basebackup failed.", log: primary.log) }
    try configure([])
    try await start()
  }

  private func configure(_ settings: [String]) throws {
    let lines = ["unix_socket_directories = '\(directory)'"] + settings
    let file = try FileHandle(
      forWritingTo: URL(fileURLWithPath: "\(dataDirectory)/postgresql.conf"))
    try file.seekToEnd()
    try file.write(contentsOf: Data((lines.joined(separator: "\n") + "\n").utf8))
    try file.close()
  }

  /// The process of the server itself, or nil when it is not running.
  public var processID: Int32? {
    let file = try? String(contentsOfFile: "\(dataDirectory)/postmaster.pid", encoding: .utf8)
    return file?.split(separator: "\n").first.flatMap { Int32($0) }
  }

  /// What the server has written to its log.
  public var log: String {
    (try? String(contentsOfFile: "\(directory)/log", encoding: .utf8)) ?? ""
  }

  /// Starts the server and waits until it takes connections.
  public func start() async throws {
    let status = try await programs.run(
      "pg_ctl",
      [
        "start", "--wait", "--silent", "--timeout=60", "--pgdata=\(dataDirectory)",
        "--log=\(directory)/log",
      ])
    guard status == 0 else { throw PrivateServerFailure("The server does not start.", log: log) }
  }

  /// Stops the server and waits until it is gone.
  public func stop(_ mode: StopMode = .fast) async throws {
    let status = try await programs.run(
      "pg_ctl",
      ["stop", "--wait", "--silent", "--mode=\(mode.rawValue)", "--pgdata=\(dataDirectory)"])
    guard status == 0 else { throw PrivateServerFailure("The server does not stop.", log: log) }
  }

  /// Stops the server and starts it again.
  public func restart(_ mode: StopMode = .fast) async throws {
    try await stop(mode)
    try await start()
  }

  /// From its next start on it recovers and lets nobody in (`hot_standby = off`), until ``promote()``.
  public func holdInRecovery() throws {
    try Data().write(to: URL(fileURLWithPath: "\(dataDirectory)/standby.signal"))
  }

  /// Lets a server that is held in recovery come to its end.
  public func promote() throws {
    guard let processID else { return }
    try Data().write(to: URL(fileURLWithPath: "\(dataDirectory)/promote"))
    _ = Foundation.kill(processID, SIGUSR1)
  }

  /// Kills the server with SIGKILL, as a failing machine would, and waits until it is gone, its children too: they
  /// hold its memory until they notice, and no other server starts before.
  public func kill() async throws {
    guard let processID else { return }
    // Held still, it starts no more children while they are counted.
    _ = Foundation.kill(processID, SIGSTOP)
    let processes = try [processID] + ProcessEnd.children(of: processID)
    let ends = processes.compactMap(ProcessEnd.init)
    _ = Foundation.kill(processID, SIGKILL)
    for end in ends { await end.wait() }
    // Until somebody has asked for its status its number is taken, and the next server would think
    // that this one runs.
    for lock in ["data/postmaster.pid", ".s.PGSQL.5432.lock"] {
      try FileManager.default.removeItem(atPath: "\(directory)/\(lock)")
    }
  }

  /// Stops the server for good and removes its folder.
  public func remove() async { await watchdog.bite() }
}

/// What kept a private server from working.
public struct PrivateServerFailure: Error, CustomStringConvertible {
  /// The reason, and the server's log.
  public let description: String

  init(_ reason: String, log: String) { description = log.isEmpty ? reason : "\(reason)\n\(log)" }
}

/// Runs a test with a server of its own, which is removed afterwards.
public nonisolated(nonsending) func withPrivateServer<R>(
  settings: [String] = [],
  _ body: nonisolated(nonsending) (PrivateServer) async throws -> R
) async throws -> R {
  let server = try await PrivateServer(settings: settings)
  do {
    let result = try await body(server)
    await server.remove()
    return result
  } catch {
    await server.remove()
    throw error
  }
}
