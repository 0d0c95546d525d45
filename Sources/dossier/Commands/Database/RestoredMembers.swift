import EmbeddedPostgres
import PostgresClient

/// The members of a backup's casebooks and others to whom it gives rights, and what they are on the server that it is
/// restored to.
struct RestoredMembers {
  /// Those whom the server does not know.
  let missing: [String]

  /// Looks them up; changes nothing.
  ///
  /// - Parameters:
  ///   - archive: The backup.
  ///   - server: The server it is restored to.
  ///   - former: Which of them the embedded server's person is.
  ///   - connection: A connection to the server.
  /// - Throws: `Failure` where nobody could use the casebooks afterwards.
  init(
    of archive: BackupArchive, on server: Server, as former: String?,
    _ connection: PostgresConnection
  ) async throws {
    let members = try await archive.members()
    let names = Set(members + (try await archive.grantees())).sorted()
    let known = try await connection.query(
      "SELECT rolname::text FROM pg_catalog.pg_roles WHERE rolname = ANY (\(names))"
    ).map { row throws(PostgresError) in try row.decode(String.self, at: 0) }
    missing = names.filter { !known.contains($0) }
    if let embedded = server.embedded {
      try Self.check(former, among: members, for: embedded.person.name, archive)
    } else {
      guard former == nil else {
        throw Failure(
          .usage, "--as is for the embedded database. On a server of your own each member logs in")
      }
      guard missing.isEmpty else { throw Self.unknown(missing, archive) }
    }
  }

  /// Makes those whom the server does not know, so that their rights have somebody to belong to. Nobody can log in as
  /// one.
  func create(_ connection: PostgresConnection) async throws {
    for name in missing { try await connection.query("CREATE ROLE \(identifier: name) NOLOGIN") }
  }

  /// Takes back what ``create(_:)`` did.
  func drop(_ connection: PostgresConnection) async {
    // Not this task, which may have been cancelled.
    await Task {
      for name in missing {
        _ = try? await connection.query("DROP ROLE IF EXISTS \(identifier: name)")
      }
    }.value
  }

  private static func check(
    _ former: String?, among names: [String], for person: String, _ archive: BackupArchive
  ) throws(Failure) {
    let list = names.joined(separator: ", ")
    if let former {
      guard names.contains(former) else {
        throw Failure(.badInput, "\(archive.path) has no member \"\(former)\". It has: \(list)")
      }
    } else if !names.isEmpty, !names.contains(person) {
      throw Failure(
        .usage,
        "the members of these casebooks are \(list), and here you are \(person), who could not read "
          + "them. Say which of them you are: dossier db restore \(archive.path) --as NAME")
    }
  }

  private static func unknown(_ names: [String], _ archive: BackupArchive) -> Failure {
    let statements = names.map { "CREATE ROLE \(PostgresQuery.quoted(identifier: $0)) NOLOGIN" }
    return Failure(
      .configuration,
      "\(archive.path) gives rights to roles that this server does not have: "
        + "\(names.joined(separator: ", ")). Create them first, with LOGIN where somebody is to log "
        + "in; then repeat: \(statements.joined(separator: "; "))")
  }
}
