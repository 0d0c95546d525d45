import Casebook
import CasebookStore
import EventLog
import PostgresClient
import TestSupport
import Testing

@testable import Views
import struct FoundationEssentials.UUID

@Suite("Named positions") struct SnapshotTests {
  /// The rows that somebody reads in a snapshot's view.
  private func rows(_ desk: Desk, _ view: String, _ name: String = "before") async throws
    -> [String]
  {
    try await desk.store.log.pool.query(
      "SELECT row_to_json(v)::text FROM \(raw: "\(name).\(view)") v ORDER BY 1"
    ).map { row throws(PostgresError) in try row.decode(String.self, at: 0) }
  }

  private func expect(_ before: [String: [String]], at desk: Desk) async throws {
    for (name, expected) in before {
      let found = try await rows(desk, name)
      #expect(found == expected, "\(name)")
    }
  }

  @Test("Every view reads there as it stood, whatever is recorded, rebuilt or voided after")
  func constant() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      try await desk.buildViews()
      let head = try await desk.head()
      try await desk.views.save("before", at: head)
      let names = Projections.all.map { $0.name }.filter { $0 != SearchView.name }
      var before: [String: [String]] = [:]
      for name in names { before[name] = try await rows(desk, name) }
      #expect(before[ClaimView.name]?.count == 12)

      try await desk.perform(
        statement("three"), WithdrawClaim(try ItemReference("case-0/c1"), reason: "twice"),
        VoidEvent(head, reason: "on second thoughts", evenIfReadable: true))
      try await desk.catchUp()
      try await expect(before, at: desk)
      try await desk.buildViews()
      try await expect(before, at: desk)
      try await desk.views.save("after_all", at: try await desk.head())
      #expect(try await rows(desk, ClaimView.name, "after_all").count == 12)
      #expect(try await desk.views.snapshots().map(\.name) == ["before", "after_all"])
    }
  }

  @Test("Members read it with their own rights, others see nothing, and nobody writes there")
  func access() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      try await desk.buildViews()
      try await desk.views.save("before", at: try await desk.head())
      let reader = try await database.join(desk, as: "boris", .read)
      let stranger = try await database.casebook("other", by: "eve")
      #expect(try await rows(reader, ClaimView.name).count == 12)
      #expect(try await reader.views.snapshots().count == 1)
      #expect(try await rows(stranger, ClaimView.name).isEmpty)
      #expect(try await desk.views.dropSnapshot("nothing") == false)
      #expect(
        try await stranger.store.log.pool.query("SELECT FROM dossier.snapshot").isEmpty)
      let theirs = try await database.desk(stranger.configuration, at: desk)
      for other in [reader, theirs] {
        for attempt in [
          "SELECT dossier.save_snapshot(\(desk.store.casebookID), 1, 'mine')",
          "SELECT dossier.drop_snapshot(\(desk.store.casebookID), 'before')",
          "CREATE TABLE before.x ()", "DROP SCHEMA before CASCADE",
          "DELETE FROM before.claim_view", "DELETE FROM dossier.snapshot",
        ] as [PostgresQuery] {
          let error = await #expect(throws: PostgresError.self) {
            try await other.store.log.pool.query(attempt)
          }
          #expect(
            ["42501", "55000"].contains(error?.sqlState?.rawValue),
            "\(attempt.sql): \(String(describing: error))")
        }
      }
      #expect(try await rows(desk, ClaimView.name).count == 12)
      for desk in [reader, stranger, theirs] { await desk.leave() }
    }
  }

  @Test(
    "Those who may log in to the database see its name, and of its views neither casebook nor position"
  )
  func hidden() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare(cases: 1)
      try await desk.buildViews()
      try await desk.views.save("early", at: 1)
      try await desk.views.save("late", at: try await desk.head())
      let stranger = try await database.casebook("other", by: "eve")
      let definitions = try await stranger.store.log.pool.query(
        """
        SELECT viewname::text, string_agg(DISTINCT regexp_replace(
          definition, 'snapshot_key = [0-9]+', 'snapshot_key = n'), ';')
        FROM pg_views WHERE schemaname IN ('early', 'late') GROUP BY viewname
        """
      ).map { row throws(PostgresError) in try row.decode((String, String).self) }
      #expect(definitions.count == Projections.all.count - 1)
      for (view, definition) in definitions {
        // But for the number of a row that is not shown to them all moments look the same.
        #expect(definition.contains("snapshot_key = n"), "\(view)")
        #expect(definition.filter { $0 == ";" }.count == 1, "\(view): \(definition)")
        #expect(!definition.contains(desk.store.casebookID.uuidString.lowercased()), "\(view)")
      }
      await #expect(throws: PostgresError.self) {
        try await desk.views.save("never", at: try await desk.head() + 1)
      }
      await stranger.leave()
    }
  }

  @Test("A name that is taken, kept by PostgreSQL or no name is refused, and nothing is clobbered")
  func names() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare(cases: 1)
      try await desk.buildViews()
      try await database.asSuperuser { connection in
        try await connection.execute(script: "CREATE SCHEMA finance; CREATE TABLE finance.t ()")
      }
      try await desk.views.save("before", at: 1)
      for name in ["before", "finance", "dossier", "public"] {
        await #expect(throws: ViewError.nameTaken(name)) { try await desk.views.save(name, at: 2) }
      }
      for name in ["", "Before", "be-fore", "1st", "pg_mine", "x\"; DROP SCHEMA finance; --"] {
        await #expect(throws: PostgresError.self) { try await desk.views.save(name, at: 2) }
        #expect(!Snapshot.isName(name))
      }
      #expect(Snapshot.isName("before_2") && !Snapshot.isName(String(repeating: "a", count: 64)))
      let snapshots = try await desk.views.snapshots()
      #expect(snapshots.map(\.position) == [1] && snapshots[0].savedBy == desk.role)

      #expect(try await desk.views.dropSnapshot("finance") == false)
      try await database.asSuperuser { connection in
        try await connection.execute(
          script: "CREATE VIEW finance.v AS SELECT * FROM before.case_view")
      }
      await #expect(throws: ViewError.nameInUse("before")) {
        try await desk.views.dropSnapshot("before")
      }
      #expect(try await desk.views.snapshots().count == 1)
      try await database.asSuperuser { connection in
        try await connection.execute(script: "DROP VIEW finance.v")
      }
      #expect(try await desk.views.dropSnapshot("before"))
      #expect(try await desk.views.snapshots().isEmpty)
      try await desk.views.save("before", at: 2)
    }
  }
}
