import ArgumentParser
import EmbeddedPostgres
import PostgresClient
import Subprocess
import Terminal

/// `dossier db backup`
struct DatabaseBackup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Write all casebooks of the database to one file.",
    discussion: """
      EXAMPLES
        dossier db backup casebooks-2026-03-01.dump

      The file is a PostgreSQL archive with everything in it: events, members, requests, saved moments, and who may \
      do what. Only you may read it. It has its name once it is whole and has been read through. One casebook alone, \
      for another server, is written by: dossier log export
      """)

  @Argument(help: "The file; it must not exist yet.", completion: .file()) var file: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global)
    let server = try Server(session.settings, url: global.databaseURL)
    let connection = try await server.connectAsAdministrator(session.terminal)
    let count = try await connection.transaction(isolation: .repeatableRead, readOnly: true) {
      try await write(Source($0), of: server.administration)
    }
    await connection.close()
    session.terminal.note("wrote \(file): \(counted(count, "casebook")), read through")
  }

  /// Writes what the transaction sees, and returns how many casebooks there are.
  private func write(_ source: Source, of server: PostgresConfiguration) async throws -> Int {
    try await WholeFile.write(file) { unfinished, descriptor in
      do {
        try await DatabaseProgram("pg_dump").run(
          source.arguments, on: server,
          output: .fileDescriptor(descriptor, closeAfterSpawningProcess: false))
        let archive = try await BackupArchive(unfinished, named: file)
        try await archive.readThrough()
        let written = try await archive.values(of: "casebook_id", in: "casebook").count
        guard written == source.casebooks else {
          throw Failure(
            .unavailable,
            "\(file) would hold \(written) of \(counted(source.casebooks, "casebook")), and was not "
              + "kept. Try again")
        }
      } catch let failure as ProgramFailure {
        throw explained(failure)
      }
    }
    return source.casebooks
  }

  private func explained(_ failure: ProgramFailure) -> Failure {
    if let reason = failure.writeError { return WholeFile.failure(file, because: reason) }
    return Failure(
      .unavailable,
      "no backup was made, and \(file) not written: \(failure.message) Mend that, then repeat")
  }
}

/// What a backup is taken of.
private struct Source {
  let casebooks: Int
  /// How pg_dump is told to write it.
  let arguments: [String]

  /// Looks what there is, in a transaction whose snapshot the backup is of.
  ///
  /// - Throws: `Failure` for a login that may not read everything.
  init(_ connection: PostgresConnection) async throws {
    // While pg_dump works, this transaction does nothing.
    try await connection.execute(script: "SET LOCAL idle_in_transaction_session_timeout = 0")
    try await Self.requireAllRead(connection)
    let row = try await connection.query(
      "SELECT (SELECT count(*) FROM dossier.casebook), pg_export_snapshot()")[0]
    casebooks = Int(try row.decode(Int64.self, at: 0))
    // Naming the schemas that are wanted would leave out what belongs to no schema: what is granted by default, and
    // triggers on events. So the others are named.
    let others = try await connection.query(
      """
      SELECT nspname::text FROM pg_catalog.pg_namespace
      WHERE nspname NOT IN ('dossier', 'information_schema') AND nspname !~ '^pg_'
        AND nspname NOT IN (SELECT name FROM dossier.snapshot)
      """
    ).map { row throws(PostgresError) in try row.decode(String.self, at: 0) }
    arguments =
      [
        "--format=custom", "--no-blobs", "--no-publications", "--no-subscriptions",
        "--snapshot=\(try row.decode(String.self, at: 1))",
      ] + others.map { "--exclude-schema=\(PostgresQuery.quoted(identifier: $0))" }
  }

  /// pg_dump would fail half-way, in words for programmers.
  private static func requireAllRead(_ connection: PostgresConnection) async throws {
    let row = try await connection.query(
      """
      SELECT session_user::text, count(*) FROM pg_catalog.pg_class c
      WHERE c.relnamespace = 'dossier'::regnamespace AND c.relkind IN ('r', 'S')
        AND (
          NOT pg_catalog.has_table_privilege(c.oid, 'SELECT')
          OR c.relkind = 'r' AND pg_catalog.row_security_active(c.oid))
      """)[0]
    let (user, hidden) = try row.decode((String, Int64).self)
    guard hidden == 0 else {
      throw Failure(
        .notAllowed,
        "a backup holds all casebooks whole, and \(user) may not read them so. Connect as whoever runs "
          + "the server, such as a superuser, with: --db postgresql://ADMIN@HOST/DATABASE")
    }
  }
}
