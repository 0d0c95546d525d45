import ArgumentParser
import EmbeddedPostgres
import EventLog
import FoundationEssentials
import Migrations
import PostgresClient
import StrictJSON
import Terminal

/// `dossier db restore`
struct DatabaseRestore: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Bring a backup back into a database without casebooks.",
    discussion: """
      EXAMPLES
        DOSSIER_HOME=/srv/restored dossier db restore casebooks-2026-03-01.dump
        dossier db restore casebooks-2026-03-01.dump --as mh

      The backup is first tried in a database of its own, brought to this version's schema and verified, the schema and the logs. Only then is \
      the database changed, in one step. Members whom the embedded database does not know are kept as roles without \
      login; --as says which of them you are, if you log in here under another name.
      """)

  @Argument(help: "The file that db backup wrote.", completion: .file()) var file: String
  @Option(
    name: .customLong("as"),
    help: "The member of the backup that you are; you get an admin's access to its casebooks.")
  var former: String?
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let settings = try Settings()
    let terminal = global.terminal(settings.environment)
    guard FileManager.default.fileExists(atPath: file) else {
      throw Failure(.notFound, "there is no file \(file). Check its name")
    }
    guard FileManager.default.isReadableFile(atPath: file) else {
      throw Failure(.notAllowed, "\(file) cannot be read. Check who may read it")
    }
    let archive = try await BackupArchive(file)
    let server = try Server(settings, url: global.databaseURL)
    try await server.embedded?.start()
    let connection = try await server.connectAsAdministrator(terminal)
    try await Self.requireRoom(connection)
    let members: RestoredMembers
    do {
      members = try await RestoredMembers(of: archive, on: server, as: former, connection)
    } catch let failure as ProgramFailure {
      throw Restoration(archive: archive).explained(failure)
    }
    let grants: [SchemaDifference]
    do {
      grants = try await tryOut(archive, members, server, connection)
      try await Restoration(archive: archive).load(into: server.administration)
    } catch {
      await members.drop(connection)
      throw error
    }
    if !members.missing.isEmpty {
      terminal.note(
        "kept as \(members.missing.count == 1 ? "a role" : "roles") without login: "
          + members.missing.joined(separator: ", "))
    }
    // An older backup is brought up to date; and a dump of the schema holds none of the guards that belong to the database.
    try await Migrator().migrate(connection)
    if let embedded = server.embedded {
      try await Server.admit(embedded, connection)
      if let former { try await Self.admit(embedded, as: former, connection) }
    }
    await connection.close()
    terminal.note("restored \(file)")
    for grant in grants { terminal.warn("\(grant), as it was when the backup was written") }
    for log in try await RestoredLog.verifyAll(server.administration) { log.tell(terminal) }
  }

  /// Restores into a database beside it, migrates and verifies there; returns the privileges that no migration gave.
  private func tryOut(
    _ archive: BackupArchive, _ members: RestoredMembers, _ server: Server,
    _ connection: PostgresConnection
  ) async throws -> [SchemaDifference] {
    let scratch = try await ScratchDatabase(beside: server.administration, connection)
    let grants: [SchemaDifference]
    do {
      try await members.create(connection)
      try await Restoration(archive: archive).load(into: scratch.configuration)
      try await Migrator().migrate(scratch.connection)
      grants = try await requireUnchangedSchema(scratch.connection)
      for log in try await RestoredLog.verifyAll(scratch.configuration) {
        try log.requireIntact(in: file)
      }
    } catch {
      await scratch.drop(connection)
      throw error
    }
    await scratch.drop(connection)
    return grants
  }

  /// Refuses a backup that would bring changed tables, functions or guards with it. Who may do what is for the
  /// administrator to decide, and returned.
  private func requireUnchangedSchema(
    _ connection: PostgresConnection
  ) async throws -> [SchemaDifference] {
    let found = try await SchemaVerification(connection).differences
    let changes = found.filter { !$0.isGrant }
    guard !changes.isEmpty else { return found }
    throw Failure(
      .badInput,
      "somebody had changed the schema before \(file) was written: "
        + changes.map(\.description).joined(separator: "; ")
        + ". Nothing was changed; restore an older backup, or bring its casebooks over with log export and "
        + "log import")
  }

  /// Leaves a database that holds casebooks alone.
  private static func requireRoom(_ connection: PostgresConnection) async throws {
    guard try await !Migrator().status(connection).applied.isEmpty else { return }
    let count = try await connection.query("SELECT count(*) FROM dossier.casebook")[0]
      .decode(Int64.self, at: 0)
    guard count == 0 else {
      throw Failure(
        .badInput,
        "the database holds \(counted(Int(count), "casebook")). Restore into another one, such as a new "
          + "DOSSIER_HOME")
    }
  }

  /// Gives the embedded server's person what a member of the backup has, in that member's name: they are the same.
  private static func admit(
    _ embedded: EmbeddedCluster, as former: String, _ connection: PostgresConnection
  ) async throws {
    guard former != embedded.person.name else { return }
    try await connection.query("GRANT dossier_analyst TO \(identifier: former)")
    try await connection.query("SET SESSION AUTHORIZATION \(identifier: former)")
    // The event gives the access.
    let data = JSON.document(
      ("role", .string(embedded.person.name)), ("access", "admin")
    ).text
    try await connection.query(
      """
      SELECT a.first_position
      FROM dossier.membership m
      JOIN dossier.casebook c USING (casebook_id)
      CROSS JOIN LATERAL dossier.append(
        c.casebook_id, gen_random_uuid(), sha256(convert_to(\(data), 'UTF8')), '{}',
        ARRAY['casebook'], ARRAY[c.slug], ARRAY[NULL::bigint], ARRAY[1], ARRAY[gen_random_uuid()],
        ARRAY['casebook.granted'], ARRAY[1], ARRAY[NULL::text], ARRAY[\(data)]) a
      WHERE m.role_name = session_user AND m.access = 'admin'
      """)
    try await connection.query("RESET SESSION AUTHORIZATION")
  }
}

extension RestoredLog {
  fileprivate func tell(_ terminal: Terminal) {
    if let fault = verification.firstFault {
      terminal.warn("\(slug): @\(fault.position): \(fault.problem)")
    } else {
      terminal.note("intact: \(counted(verification.events, "event")) of \(slug)")
    }
    guard damagedTexts > 0 else { return }
    terminal.warn(
      "\(slug): \(counted(damagedTexts, "attached text")) had been changed before the backup. See "
        + "which with: dossier log verify --casebook \(slug)")
  }
}
