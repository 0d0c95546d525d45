import Casebook
import CasebookStore
import EventLog
import Foundation
import PostgresClient
import TestSupport
import Testing

/// Every person tries everything with every relation and function that the catalogue knows, and undoes it.
///
/// After a change that is meant, read the file that a failing test names, say whose rows a new relation has, and copy it
/// over `access.txt`.
@Suite("Who may do what")
struct AccessMatrixTests {
  @Test(
    "is what access.txt says of every relation and function, in a database and in one restored from its backup"
  )
  func matrix() async throws {
    try await withMigratedDatabase { database in
      let notes = try await database.casebook("notes", by: "admin")
      let others = try await database.casebook("others", by: "stranger")
      let casebooks = [notes.store.casebookID: "notes", others.store.casebookID: "others"]
      for desk in [notes, others] { try await furnish(desk, database) }
      var logins: [MatrixPerson: PostgresConfiguration] = [
        .admin: notes.configuration, .stranger: others.configuration,
        .owner: database.configuration,
      ]
      for person in MatrixPerson.allCases where logins[person] == nil {
        let login = try await database.person(person.rawValue, in: person.groups)
        logins[person] = login
        if let access = person.access {
          try await notes.store.log.grant(
            access, to: login.user ?? "", on: notes.store.casebookID)
        }
      }
      try await expectNobodyIsMissing(database)
      let analyst = try await database.desk(try #require(logins[.analyst]), at: notes)
      try await analyst.perform(
        OpenCase(CaseContent(slug: try Slug("by-the-analyst"), kind: .person, name: nil)))
      await analyst.leave()
      for desk in [notes, others] { await desk.leave() }

      let everybody = logins
      try await Sandbox.make(database.configuration) { keeper in
        try await keeper.done("db backup both.dump")
        try await withTestDatabase { target in
          let restored = try await keeper.restore("both.dump", into: target)
          try #require(restored.status == 0, "\(restored.errors)")
          async let before: Void = expectKnownAccess(
            database.configuration, everybody, casebooks)
          try await expectKnownAccess(target, everybody, casebooks)
          try await before
        }
      }
    }
  }

  /// Puts rows of the casebook into every table, and saves a moment of it.
  private func furnish(_ desk: Desk, _ database: TestDatabase) async throws {
    var work = try RandomWork(seed: 21)
    for _ in 0..<120 { _ = try await work.step(desk.store) }
    // Whatever that has withdrawn, there is something of every view left.
    var draft = ClaimDraft(predicate: "birth.date", value: "1919-01-13")
    draft.source = "almanac"
    draft.locator = "p. 1"
    let dated = try Slug("dated")
    try await desk.perform(
      RegisterSource(
        SourceContent(
          slug: try Slug("almanac"), title: "An almanac", issued: nil, issuedTo: nil, csl: nil)),
      OpenCase(CaseContent(slug: dated, kind: .person, name: nil)), RecordClaim(dated, draft))
    try await desk.store.log.keep(
      KeptText(sha256: Self.digest, parts: ["a text"]), in: desk.store.casebookID)
    let moment = "\(desk.store.slug)_then"
    try await Sandbox.make(desk.configuration) { sandbox in
      try await sandbox.done("projection rebuild --all")
      try await sandbox.done("replay --to @\(sandbox.head()) --save \(moment)")
    }
    let head = try await desk.head()
    try await desk.store.log.pool.query(
      """
      SELECT dossier.begin_generation(
        \(desk.store.casebookID), 'case_view', 1, '{case}', \(head), 1)
      """)
    try await database.pastGuards { connection in
      try await connection.query(
        """
        INSERT INTO dossier.projection_fault
        SELECT (json_populate_record(NULL::dossier.projection_fault, json_build_object(
          'casebook_id', e.casebook_id, 'view', g.view, 'generation_id', g.generation_id,
          'position', e.position, 'from_position', e.position, 'stream_kind', e.stream_kind,
          'stream_id', e.stream_id, 'event_id', e.event_id, 'event_type', e.event_type,
          'problem', 'made up', 'found_at', e.recorded_at))).*
        FROM dossier.event e JOIN dossier.active_generation g USING (casebook_id)
        WHERE e.casebook_id = \(desk.store.casebookID) AND e.position = 2 AND g.view = 'case_view'
        """)
    }
  }

  private static let digest = "734194ede5b063e654d63cb95a682ca1551b45e3cc86e88f1a85c1286eedd4ac"

  /// A group that is added is somebody's in the matrix.
  private func expectNobodyIsMissing(_ database: TestDatabase) async throws {
    let groups = try await database.asSuperuser { connection in
      try await connection.query(
        "SELECT rolname::text FROM pg_roles WHERE rolname ~ '^dossier_[a-z]+$' ORDER BY 1"
      ).map { row throws(PostgresError) in try row.decode(String.self, at: 0) }
    }
    #expect(
      Set(groups) == Set(MatrixPerson.allCases.flatMap(\.groups)).union(["dossier_owner"]))
  }

  /// Has everybody try everything and compares what they may and see with the table.
  private func expectKnownAccess(
    _ database: PostgresConfiguration, _ logins: [MatrixPerson: PostgresConfiguration],
    _ casebooks: [UUID: String]
  ) async throws {
    let probe = AccessTable.file.deletingLastPathComponent().appending(path: "probe.sql")
    let script = String(decoding: try Data(contentsOf: probe), as: UTF8.self)
    try await TestDatabase(database).asSuperuser { try await $0.execute(script: script) }
    var found = FoundAccess()
    for person in MatrixPerson.allCases {
      var login = database
      login.user = logins[person]?.user
      let connection = try await PostgresConnection.connect(login)
      try await connection.execute(script: "SET client_min_messages = warning")
      if person == .owner { try await connection.execute(script: "SET ROLE dossier_owner") }
      try await found.add(person, connection, casebooks)
      await connection.close()
    }
    #expect(found.faults.isEmpty, "\(found.faults.joined(separator: "\n"))")
    // Those who may write do: what is tried is not refused for another reason.
    for person in [MatrixPerson.analyst, .admin, .projector, .stranger] {
      #expect(found.changed[person]?.isEmpty == false, "\(person)")
    }
    try compare(found, with: AccessTable(String(contentsOf: AccessTable.file, encoding: .utf8)))
  }

  private func compare(_ found: FoundAccess, with table: AccessTable) throws {
    let names = Set(found.cells.keys)
    for name in names.subtracting(table.entries.keys).sorted() {
      Issue.record("\(name) is in the database and not in access.txt.")
    }
    for name in Set(table.entries.keys).subtracting(names).sorted() {
      Issue.record("\(name) is in access.txt and not in the database.")
    }
    var isKnown = names == Set(table.entries.keys)
    for (name, entry) in table.entries.sorted(by: { $0.key < $1.key }) where names.contains(name) {
      for person in MatrixPerson.allCases {
        let may = found.cells[name]?[person]
        isKnown = isKnown && may == entry.cells[person]
        #expect(may == entry.cells[person], "\(person), \(name)")
        guard let seen = found.seen[name]?[person] else { continue }
        let expected = may?.contains("r") == true ? entry.rows.seen(by: person) : []
        #expect(seen == expected, "\(person) sees rows of \(name)")
      }
    }
    guard !isKnown else { return }
    let fresh = "/tmp/dossier-access.txt"
    try Data(table.text(of: found).utf8).write(to: URL(filePath: fresh))
    Issue.record("What people may do is not what access.txt says; if it is meant, copy \(fresh).")
  }
}
