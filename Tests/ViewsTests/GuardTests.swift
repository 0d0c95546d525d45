import Casebook
import CasebookStore
import EventLog
import PostgresClient
import TestSupport
import Testing

@testable import Views

@Suite("Who may change the views' tables, and how") struct GuardTests {
  private static let groups = [
    "dossier_reader", "dossier_analyst", "dossier_projector", "dossier_auditor", "dossier_admin",
  ]

  @Test("Nobody but the owner may write them, or lock them in a way that keeps others out")
  func privileges() async throws {
    try await withCasebook { database, desk in
      try await desk.buildViews()
      let tables = try await desk.store.log.pool.query(
        """
        SELECT relname::text FROM pg_class
        WHERE relnamespace = 'dossier'::regnamespace AND relkind = 'r'
          AND (relname LIKE '%\\_view' OR relname IN ('generation', 'active_generation',
            'generation_slice', 'projection_fault', 'projection_job', 'projection_runner', 'snapshot'))
        """
      ).map { row throws(PostgresError) in try row.decode(String.self, at: 0) }
      #expect(tables.count >= 15)
      for group in Self.groups {
        let person = try await PostgresConnection.connect(
          try await database.person("boris", in: [group]))
        for table in tables {
          var attempts = ["TRUNCATE dossier.\(table)", "DELETE FROM dossier.\(table)"]
          attempts += [
            "INSERT INTO dossier.\(table) DEFAULT VALUES",
            "UPDATE dossier.\(table) SET casebook_id = casebook_id",
            "SELECT FROM dossier.\(table) FOR KEY SHARE",
          ]
          attempts += [
            "ROW SHARE", "ROW EXCLUSIVE", "SHARE UPDATE EXCLUSIVE", "SHARE", "SHARE ROW EXCLUSIVE",
            "EXCLUSIVE", "ACCESS EXCLUSIVE",
          ].map { "BEGIN; LOCK TABLE dossier.\(table) IN \($0) MODE" }
          for attempt in attempts {
            let error = await #expect(throws: PostgresError.self, "\(group): \(attempt)") {
              try await person.execute(script: attempt)
            }
            #expect(error?.sqlState == .insufficientPrivilege, "\(group): \(attempt)")
            try await person.execute(script: "ROLLBACK")
          }
        }
        await person.close()
      }
    }
  }

  /// What writes views; `$1` is a casebook, `$2` a generation.
  private static let calls = [
    "hold_view($1, 'claim_view', 'rebuild')", "hold_view($1, 'claim_view', 'follow')",
    "begin_generation($1, 'claim_view', 1, '{case}', 1, 10)",
    "complete_generation($1, 'claim_view', $2)",
    "advance_generation($1, 'claim_view', $2, 1, 2)", "hold_generation($1, 'claim_view')",
    "activate_generation($1, 'claim_view', $2)", "retire_generation($1, 'claim_view', $2)",
    "drop_rows($1, 'claim_view', $2, NULL, NULL, NULL, NULL, 10)",
    "forget_generation($1, 'claim_view', $2)", "add_slice($1, 'claim_view', $2, 0)",
    "add_rows($1, 'claim_view', $2, 1)", "add_fault($1, 'claim_view', $2, 1, NULL, 1, 'no')",
    "end_fault($1, 'claim_view', $2, 1, 2, 1)", "begin_job($1, 'claim_view', $2, 1)",
    "end_job($1, 1, 'switched', $2, 1, NULL)",
    "add_to_timeline_view($1, $2, 1, NULL, 'a', 1, '', '1950', NULL, NULL, 'b', 'p', 'v')",
    "end_in_timeline_view($1, $2, 1, 2, 'a', 1, '')",
    "save_snapshot($1, 1, 'mine')", "drop_snapshot($1, 'before')",
  ]

  @Test("Members who may only read, and those of another casebook, are refused by every function")
  func refused() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      try await desk.buildViews()
      let generation = try #require(try await desk.views.activeGeneration(of: ClaimView.self))
      let reader = try await database.join(desk, as: "boris", .read)
      let stranger = try await database.casebook("other", by: "eve")
      for person in [reader, stranger] {
        for call in Self.calls {
          let sql = call.replacing("$1", with: "'\(desk.store.casebookID)'")
            .replacing("$2", with: "\(generation.id)")
          let error = await #expect(throws: PostgresError.self, "\(call)") {
            try await person.store.log.pool.query("SELECT dossier.\(raw: sql)")
          }
          #expect(error?.sqlState == .insufficientPrivilege, "\(call)")
        }
        await person.leave()
      }
      // Nothing that writes is left out.
      let known = Set(Self.calls.map { String($0.prefix { $0 != "(" }) })
      let functions = try await database.asSuperuser { connection in
        try await connection.query(
          """
          SELECT proname::text FROM pg_proc
          WHERE pronamespace = 'dossier'::regnamespace AND provolatile = 'v' AND prosecdef
            AND has_function_privilege('dossier_projector', oid, 'EXECUTE')
            AND NOT has_function_privilege('dossier_reader', oid, 'EXECUTE')
            AND proname !~ '^(add_to|end_in)_' AND proname <> 'stage_rows'
          """
        ).map { row throws(PostgresError) in try row.decode(String.self, at: 0) }
      }
      #expect(Set(functions).subtracting(known).isEmpty)
      try await desk.expectFreshFold()
    }
  }

  /// Calls of a writer, of things that do not fit together.
  private static let misuses = [
    "begin_generation($1, 'event', 1, '{case}', 1, 10)",
    "begin_generation($1, 'claim_view', 1, '{case}', 1000, 10)",
    "begin_generation($1, 'claim_view', 1, '{case}', 1, 0)",
    "hold_view($1, 'event', 'rebuild')", "add_fault($1, 'claim_view', $2, 1, NULL, 2, 'no')",
    "add_fault($1, 'claim_view', $2, 1000, NULL, 1, 'no')",
    "add_fault($1, 'case_view', $2, 1, NULL, 1, 'no')",
    "end_fault($1, 'claim_view', $2, 2, 2, 1)", "end_fault($1, 'claim_view', $2, 1, 1000, 1)",
    "drop_rows($1, 'event', $2, NULL, NULL, NULL, NULL, 10)",
    "drop_rows($1, 'claim_view', $2, NULL, NULL, NULL, NULL, 10)",
    "activate_generation($1, 'claim_view', $2)", "activate_generation($1, 'case_view', $2)",
    "add_slice($1, 'claim_view', $2, 0)", "add_rows($1, 'claim_view', $2, 1)",
    "add_rows($1, 'case_view', $2, 1)", "stage_rows('event')",
    "begin_job($1, 'claim_view', $2, 1)", "save_snapshot($1, 1000, 'mine')",
    "add_to_timeline_view($1, $2, 1, NULL, 'a', 1, '', '1950', NULL, NULL, 'b', 'p', 'v')",
    "add_to_case_view($1, $2, 1, NULL, 'a', 'b', 'person', 'open', 1, 1, '{}', 1)",
    "end_in_claim_view($1, $2, 3, 2, 'case-0', 1)", "end_in_claim_view($1, $2, 1, 1000, 'a', 1)",
  ]

  @Test("Functions refuse what does not belong together: views, generations, stretches, states")
  func misused() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      try await desk.buildViews()
      let generation = try #require(try await desk.views.activeGeneration(of: ClaimView.self))
      for call in Self.misuses {
        let sql = call.replacing("$1", with: "'\(desk.store.casebookID)'")
          .replacing("$2", with: "\(generation.id)")
        let error = await #expect(throws: PostgresError.self, "\(call)") {
          try await desk.store.log.pool.query("SELECT dossier.\(raw: sql)")
        }
        #expect(error?.sqlState?.rawValue == "DS007", "\(call): \(String(describing: error))")
      }
      try await desk.expectFreshFold()
    }
  }

  /// What a writing member can make up: rows, ends of rows, a position without its rows, a fault that is none.
  private static let forgeries: [(projection: any Projection.Type, call: String)] = [
    (
      TimelineView.self,
      "add_to_timeline_view($1, $2, 1, NULL, 'case-0', 1, '', '1950', NULL, NULL, 'b', 'p', 'v')"
    ),
    (
      ClaimView.self,
      """
      end_in_claim_view($1, $2, (
        SELECT from_position FROM dossier.claim_view
        WHERE generation_id = $2 AND case_id = 'case-0' AND claim = 1), $3, 'case-0', 1)
      """
    ),
    (ClaimView.self, "advance_generation($1, 'claim_view', $2, $3, $3 + 1)"),
    (AuditView.self, "add_fault($1, 'audit_view', $2, $3, NULL, $3, 'no sense')"),
  ]

  @Test("What a writing member makes up with the functions is found by a check, and mended")
  func forged() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      try await desk.perform(statement("three"))
      for forgery in Self.forgeries {
        try await desk.buildViews()
        let position = try await desk.head()
        try await desk.perform(statement("after @\(position)"))
        let generation = try #require(
          try await desk.views.activeGeneration(of: forgery.projection))
        let sql = forgery.call.replacing("$1", with: "'\(desk.store.casebookID)'")
          .replacing("$2", with: "\(generation.id)").replacing("$3", with: "\(position)")
        try await desk.store.log.pool.query("SELECT dossier.\(raw: sql)")
        #expect(try await !desk.views.check(forgery.projection).isRight, "\(sql)")
      }
      try await desk.buildViews()
      for projection in Projections.all {
        #expect(try await desk.views.check(projection).isRight)
      }
    }
  }

  @Test("A table of the session's own is not taken for the one that rows are staged in")
  func staged() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      let generation = try await desk.views.createGeneration(
        of: CaseView.self, target: try await desk.head(), sliceSize: 1_000)
      try await desk.store.log.pool.withConnection { connection in
        try await connection.execute(
          script: """
            CREATE TEMP TABLE staged_case_view AS
            SELECT from_position, to_position, case_id, name, kind, status, claims, annotations,
              sources, last_position
            FROM dossier.case_view WITH NO DATA;
            """)
        let slices = try await desk.views.slices(generation, of: CaseView.self, on: connection)
        let staging = RowStaging(
          projection: CaseView.self, casebook: desk.store.casebookID, generation: generation.id)
        try await staging.prepare(connection)
        let error = await #expect(throws: PostgresError.self) {
          try await staging.add(slices.open[0], connection)
        }
        #expect(error?.sqlState?.rawValue == "DS007")
        try await connection.execute(script: "DROP TABLE staged_case_view")

        // Nor can theirs be changed.
        try await staging.prepare(connection)
        for attempt in [
          "ALTER TABLE staged_case_view ENABLE ROW LEVEL SECURITY", "DROP TABLE staged_case_view",
          "CREATE RULE r AS ON INSERT TO staged_case_view DO NOTHING",
          "SELECT FROM staged_case_view",
        ] {
          let error = await #expect(throws: PostgresError.self, "\(attempt)") {
            try await connection.execute(script: attempt)
          }
          #expect(error?.sqlState == .insufficientPrivilege, "\(attempt)")
        }
      }
      try await desk.rebuild(CaseView.self)
      #expect(try await desk.views.check(CaseView.self).isRight)
    }
  }

  @Test("No lock that anybody else takes keeps a rebuild or a follower away")
  func locks() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      try await desk.buildViews()
      let first = try await PostgresConnection.connect(desk.configuration)
      let lock = ViewLock(.rebuild, ClaimView.self, of: desk.store.casebookID)
      let follow = ViewLock(.follow, ClaimView.self, of: desk.store.casebookID)
      for lock in [lock, follow] { #expect(try await lock.take(first)) }
      let stranger = try await database.casebook("other", by: "eve")
      let theirs = try await PostgresConnection.connect(stranger.configuration)
      // The numbers of locks are there for everybody to see.
      let keys = try await theirs.query(
        """
        SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks
        WHERE locktype = 'advisory'
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """
      ).map { row throws(PostgresError) in try row.decode(Int64.self, at: 0) }
      #expect(keys.count == 2)
      #expect(try await desk.views.status(of: ClaimView.self).isBeingRebuilt)
      #expect(try await desk.views.runner(of: ClaimView.self)?.name == desk.role)
      await first.close()
      for key in keys { try await theirs.query("SELECT pg_advisory_lock(\(key))") }
      #expect(try await !desk.views.status(of: ClaimView.self).isBeingRebuilt)
      #expect(try await desk.views.runner(of: ClaimView.self) == nil)

      try await desk.rebuild(ClaimView.self)
      let second = try await PostgresConnection.connect(desk.configuration)
      #expect(try await follow.take(second))
      #expect(try await follow.take(second))
      await second.close()
      await theirs.close()
      await stranger.leave()
    }
  }
}
