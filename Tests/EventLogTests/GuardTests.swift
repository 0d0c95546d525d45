import Calendar
import EventLog
import FoundationEssentials
import PostgresClient
import TestSupport
import Testing

@Suite("The log's guards")
struct GuardTests {
  private static let changes = [
    "UPDATE dossier.event SET data = '{}'", "DELETE FROM dossier.event", "TRUNCATE dossier.event",
    "UPDATE dossier.event SET position = position + 1 WHERE false",
    "UPDATE dossier.append_request SET reply = '{}'", "DELETE FROM dossier.append_request",
    "TRUNCATE dossier.append_request", "DELETE FROM dossier.source",
    "TRUNCATE dossier.source CASCADE",
    "UPDATE dossier.casebook SET title = 'x'", "DELETE FROM dossier.casebook",
    "TRUNCATE dossier.casebook CASCADE",
    "UPDATE dossier.source_text SET text = 'x'", "DELETE FROM dossier.source_text",
    "TRUNCATE dossier.source_text",
    """
    INSERT INTO dossier.event AS e SELECT * FROM dossier.event
    ON CONFLICT (casebook_id, position) DO UPDATE SET data = '{}'
    """,
    "INSERT INTO dossier.event DEFAULT VALUES",
    """
    INSERT INTO dossier.event
    SELECT e.casebook_id, e.position + 1, e.stream_kind, e.stream_id, e.stream_version + 1,
      gen_random_uuid(), e.event_type, e.schema_version, e.voice_source_id, e.data, e.recorded_at,
      'bert', gen_random_uuid(), e.leaf_hash
    FROM dossier.event e ORDER BY e.position DESC LIMIT 1
    """,
    """
    INSERT INTO dossier.append_request
      (casebook_id, recorded_by, request_id, first_position, last_position)
    SELECT casebook_id, 'bert', gen_random_uuid(), 1, 1 FROM dossier.casebook
    """,
    "INSERT INTO dossier.source SELECT casebook_id, 'cia' FROM dossier.casebook",
    "INSERT INTO dossier.source_text SELECT casebook_id, sha256(''), 1, '' FROM dossier.casebook",
    "INSERT INTO dossier.casebook SELECT * FROM dossier.casebook",
    """
    INSERT INTO dossier.membership (casebook_id, role_name, access)
    SELECT casebook_id, 'bert', 'admin' FROM dossier.casebook
    """,
    "UPDATE dossier.membership SET access = 'admin'", "DELETE FROM dossier.membership",
    "TRUNCATE dossier.membership", "UPDATE dossier.event_type SET access = 'write'",
    "INSERT INTO dossier.event_type SELECT * FROM dossier.event_type",
    "DELETE FROM dossier.event_type", "TRUNCATE dossier.event_type CASCADE",
    """
    MERGE INTO dossier.source s USING dossier.casebook c ON false
    WHEN NOT MATCHED THEN INSERT VALUES (c.casebook_id, 'cia')
    """,
  ]

  @Test(
    "refuse every change for superusers and the owner, in replica mode too",
    arguments: [
      "", "SET session_replication_role = replica", "SET ROLE dossier_owner",
    ])
  func refuseChange(_ preparation: String) async throws {
    try await withKeeper { database, ana in
      try await ana.append(.registered("fbi"), .claimed("gouzenko", in: "fbi"))
      let before = try await ana.exported()
      try await database.asSuperuser { connection in
        if !preparation.isEmpty { try await connection.execute(script: preparation) }
        for change in Self.changes {
          let error = await #expect(throws: PostgresError.self, "\(change)") {
            try await connection.execute(script: change)
          }
          #expect(error?.sqlState?.rawValue == "DS006", "\(change): \(String(describing: error))")
        }
      }
      #expect(try await ana.exported() == before)
    }
  }

  /// Tables of views, generations and jobs: they hold nothing that the log does not.
  private static func isDerived(_ table: String) -> Bool {
    table.hasSuffix("_view") || table.hasSuffix("generation") || table.hasPrefix("generation_")
      || table.hasPrefix("projection_")
  }

  @Test(
    "let no group role write to the log",
    arguments: [
      "dossier_reader", "dossier_analyst", "dossier_projector", "dossier_auditor", "dossier_admin",
    ])
  func refuseRoles(_ group: String) async throws {
    try await withKeeper { database, ana in
      let person = try await database.person("ben", in: [group])
      let connection = try await PostgresConnection.connect(person)
      let tables = try await database.asSuperuser { connection in
        try await connection.query(
          "SELECT tablename::text FROM pg_tables WHERE schemaname = 'dossier'"
        )
        .map { row throws(PostgresError) in try row.decode(String.self, at: 0) }
      }
      #expect(tables.count >= 7)
      let maintainsViews = ["dossier_analyst", "dossier_projector", "dossier_admin"].contains(group)
      for table in tables {
        // What is only folded from the log may be written by those who keep views, but not emptied.
        let row =
          Self.isDerived(table) && maintainsViews
          ? []
          : [
            "INSERT INTO dossier.\(table) DEFAULT VALUES",
            "DELETE FROM dossier.\(table)", "COPY dossier.\(table) FROM STDIN",
          ]
        for change in row + ["TRUNCATE dossier.\(table)"] {
          let error = await #expect(throws: PostgresError.self, "\(change)") {
            try await connection.execute(script: change)
          }
          #expect(
            ["42501", "0A000"].contains(error?.sqlState?.rawValue),
            "\(change): \(String(describing: error))")
        }
      }
      for change in Self.changes {
        let error = await #expect(throws: PostgresError.self) {
          try await connection.execute(script: change)
        }
        #expect(error?.sqlState == .insufficientPrivilege)
      }
      await connection.close()
      #expect(try await ana.head() == 1)
    }
  }

  @Test("let nobody run a function by default, and pin every search path")
  func functions() async throws {
    try await withTestConnection(.migrated) { connection in
      let open = try await connection.query(
        """
        SELECT p.oid::regprocedure::text FROM pg_proc p
        WHERE p.pronamespace = 'dossier'::regnamespace
          AND (p.proacl IS NULL OR EXISTS (
            SELECT FROM aclexplode(p.proacl) a WHERE a.grantee = 0))
        """)
      #expect(open.isEmpty)
      let unpinned = try await connection.query(
        """
        SELECT p.oid::regprocedure::text FROM pg_proc p
        WHERE p.pronamespace = 'dossier'::regnamespace AND p.prosecdef
          AND NOT EXISTS (
            SELECT FROM unnest(p.proconfig) c WHERE c ~ '^search_path=.*, pg_temp$')
        """)
      #expect(unpinned.isEmpty)
      let count = try await connection.query(
        "SELECT count(*) FROM pg_proc WHERE pronamespace = 'dossier'::regnamespace AND prosecdef")
      #expect(try count[0].decode(Int64.self, at: 0) >= 8)
    }
  }

  @Test("let no body of a function mean something else where backslashes escape")
  func backslashes() async throws {
    for open in [#"x LIKE '%\_view'"#, #"E'\\' || 'a''\'"#, "-- it's\n'\\'", #"'\' || $$'$$"#] {
      #expect(PlainLiterals.holdBackslash(open), "\(open)")
    }
    for closed in [
      #"E'\'' || 'it''s' /* '\ ' */ || $t$'\'$t$ -- '\'"#, "E'\\\\u0000'\n  '|\\\\ud' || \"\\\"",
    ] {
      #expect(!PlainLiterals.holdBackslash(closed), "\(closed)")
    }
    try await withTestConnection(.migrated) { connection in
      // A body that was parsed when the function was made is kept as what it meant then.
      let functions = try await connection.query(
        """
        SELECT oid::regprocedure::text, prosrc FROM pg_proc
        WHERE pronamespace = 'dossier'::regnamespace AND prosqlbody IS NULL
          AND NOT coalesce(proconfig, '{}') && ARRAY['standard_conforming_strings=on']
        """)
      #expect(functions.count > 50)
      for row in functions {
        let (name, body) = try row.decode((String, String).self)
        #expect(!PlainLiterals.holdBackslash(body), "\(name)")
      }
    }
  }

  @Test("belong to one owner who cannot log in, and give no role power over the server")
  func ownership() async throws {
    try await withTestConnection(.migrated) { connection in
      let strangers = try await connection.query(
        """
        SELECT c.relname::text FROM pg_class c
        WHERE c.relnamespace = 'dossier'::regnamespace AND c.relowner <> 'dossier_owner'::regrole
        UNION ALL
        SELECT p.proname::text FROM pg_proc p
        WHERE p.pronamespace = 'dossier'::regnamespace AND p.proowner <> 'dossier_owner'::regrole
        """)
      #expect(strangers.isEmpty)
      let powerful = try await connection.query(
        """
        SELECT rolname::text FROM pg_roles
        WHERE rolname LIKE 'dossier\\_%' AND rolname !~ '[0-9]'
          AND (rolcanlogin OR rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls)
        """)
      #expect(powerful.isEmpty)
      let owners = try await connection.query(
        "SELECT FROM pg_auth_members WHERE roleid = 'dossier_owner'::regrole")
      #expect(owners.isEmpty)
    }
  }

  // MARK: Authorship

  @Test("write down who logged in, whoever a session pretends to be")
  func author() async throws {
    try await withKeeper { database, ana in
      let ben = try await ana.joined(by: "ben", .write, database)
      // Ben may act as Ana, and still writes as himself.
      try await database.asSuperuser { connection in
        try await connection.query("GRANT \(identifier: ana.role) TO \(identifier: ben.role)")
      }
      try await ben.log.pool.withConnection { connection in
        try await connection.query("SET ROLE \(identifier: ana.role)")
        try await connection.query(rawAppend(to: ben.casebook))
        await #expect(throws: PostgresError.self) {
          try await connection.query("SET SESSION AUTHORIZATION \(identifier: ana.role)")
        }
      }
      #expect(try await ana.events().last?.recordedBy == ben.role)
      // Nor does Ana's membership serve somebody who has none.
      let cleo = try await database.person("cleo", in: ["dossier_analyst"])
      try await database.asSuperuser { connection in
        try await connection.query(
          "GRANT \(identifier: ana.role) TO \(identifier: cleo.user ?? "")")
      }
      let connection = try await PostgresConnection.connect(cleo)
      try await connection.query("SET ROLE \(identifier: ana.role)")
      let error = await #expect(throws: PostgresError.self) {
        try await connection.query(rawAppend(to: ana.casebook))
      }
      #expect(error?.sqlState == .insufficientPrivilege)
      await connection.close()
      #expect(try await ana.head() == 2)
    }
  }

  @Test("keep superusers from writing in anybody's casebook")
  func superusers() async throws {
    try await withKeeper { database, ana in
      let superuser = Keeper.log(of: database.configuration)
      let append = AppendRequest(
        casebookID: ana.casebook, requestID: UUID(), commandHash: sha256("x"),
        events: [.opened("gouzenko")])
      await #expect(throws: EventLogError.self) { try await superuser.append(append) }
      await #expect(throws: EventLogError.self) {
        try await superuser.createCasebook(
          data: #"{"slug":"own","title":"Own"}"#, requestID: UUID(), commandHash: sha256("x"))
      }
      await #expect(throws: EventLogError.self) {
        try await ana.log.grant(.write, to: database.configuration.user ?? "", on: ana.casebook)
      }
      await superuser.pool.close()
      let head = try await ana.head()
      #expect(head == 1)
    }
  }

  @Test("are not deceived by tables, types and functions of the session's own")
  func shadowing() async throws {
    try await withKeeper { database, ana in
      let mallory = try await database.person("mallory", in: ["dossier_analyst"])
      let connection = try await PostgresConnection.connect(mallory)
      try await connection.execute(
        script: """
          CREATE TEMP TABLE membership (casebook_id uuid, role_name text, access text);
          INSERT INTO membership VALUES ('\(ana.casebook)', session_user, 'admin');
          CREATE TEMP TABLE casebook (casebook_id uuid, slug text);
          INSERT INTO casebook VALUES ('\(ana.casebook)', 'notes');
          CREATE TEMP TABLE event (casebook_id uuid, position bigint, recorded_at timestamptz);
          CREATE TEMP TABLE pg_roles (rolname name, rolsuper bool);
          CREATE FUNCTION pg_temp.pg_has_role(name, text, text) RETURNS bool
            LANGUAGE sql AS 'SELECT true';
          CREATE FUNCTION pg_temp.is_auditor() RETURNS bool LANGUAGE sql AS 'SELECT true';
          SET search_path = pg_temp, dossier, pg_catalog;
          """)
      for attempt in [
        rawAppend(to: ana.casebook),
        rawAppend(
          to: ana.casebook, on: ana.own, "casebook.revoked", data: #"{"role":"\#(ana.role)"}"#),
        rawAppend(
          to: ana.casebook, on: ana.own, "casebook.granted",
          data: #"{"role":"\#(mallory.user ?? "")","access":"admin"}"#),
        "SELECT dossier.adopt_casebook(\(ana.casebook), \(mallory.user ?? ""))",
        "SELECT * FROM dossier.resolve_as_of(\(ana.casebook), now())",
      ] {
        let error = await #expect(throws: PostgresError.self) {
          try await connection.query(attempt)
        }
        #expect(error?.sqlState == .insufficientPrivilege, "\(String(describing: error))")
      }
      #expect(try await connection.query("SELECT FROM dossier.event").isEmpty)
      await connection.close()
      #expect(try await ana.head() == 1)
    }
  }

  // MARK: Reading

  @Test("show a casebook to its members only")
  func isolation() async throws {
    try await withKeeper { database, ana in
      try await ana.append(.registered("fbi"), .claimed("gouzenko", in: "fbi"))
      let ben = try await database.keeper("ben", of: "others")
      #expect(try await ben.log.casebooks().map(\.slug) == ["others"])
      #expect(try await ben.log.casebook("notes") == nil)
      for table in ["casebook", "membership", "source", "event", "append_request"] {
        let rows = try await ben.log.pool.query(
          "SELECT FROM dossier.\(raw: table) WHERE casebook_id = \(ana.casebook)")
        #expect(rows.isEmpty, "\(table)")
      }
      await #expect(throws: EventLogError.self) {
        try await ben.log.resolve(.instant(.init(microseconds: 0)), of: ana.casebook)
      }
      await #expect(throws: EventLogError.self) {
        try await ben.log.resolve(.head, of: ana.casebook)
      }
      await #expect(throws: EventLogError.self) {
        try await ben.log.append(
          AppendRequest(
            casebookID: ana.casebook, requestID: UUID(), commandHash: sha256("x"),
            events: [.opened("orlov")]))
      }
    }
  }

  @Test("show a view's readers what they may read themselves")
  func leakingView() async throws {
    try await withKeeper { database, ana in
      let ben = try await database.keeper("ben", of: "others")
      // A function that is cheap and sees every row it is asked about.
      let seen = try await ben.log.pool.withConnection { connection in
        try await connection.execute(
          script: """
            CREATE FUNCTION pg_temp.peek(text) RETURNS bool LANGUAGE plpgsql COST 0.0000001
            AS 'BEGIN RAISE EXCEPTION ''seen %'', $1; END';
            """)
        return try await connection.query(
          """
          SELECT FROM dossier.event
          WHERE casebook_id = \(ana.casebook) AND pg_temp.peek(data::text)
          """)
      }
      #expect(seen.isEmpty)
    }
  }

  @Test("show auditors everything, and let them write nothing")
  func auditors() async throws {
    try await withKeeper { database, ana in
      try await ana.append(.opened("gouzenko"))
      let auditor = Keeper.log(of: try await database.person("eve", in: ["dossier_auditor"]))
      #expect(try await auditor.casebooks().map(\.slug) == ["notes"])
      #expect(try await auditor.events(of: ana.casebook, positions: 1...9).count == 2)
      #expect(try await auditor.resolve(.head, of: ana.casebook).position == 2)
      #expect(try await auditor.pool.query("SELECT FROM dossier.append_request").count == 2)
      await #expect(throws: EventLogError.self) {
        try await auditor.append(
          AppendRequest(
            casebookID: ana.casebook, requestID: UUID(), commandHash: sha256("x"),
            events: [.opened("orlov")]))
      }
      await auditor.pool.close()
    }
  }

  @Test("show a reply to its author only")
  func replies() async throws {
    try await withKeeper { database, ana in
      let ben = try await ana.joined(by: "ben", .read, database)
      #expect(try await ben.log.pool.query("SELECT FROM dossier.event").count == 1)
      #expect(try await ben.log.pool.query("SELECT FROM dossier.append_request").isEmpty)
      #expect(try await ana.log.pool.query("SELECT FROM dossier.append_request").count == 1)
    }
  }

  @Test("find the casebooks one may read once a query, not once a row")
  func policyPlan() async throws {
    try await withKeeper { _, ana in
      let plan = try await ana.log.pool.query(
        "EXPLAIN SELECT * FROM dossier.event WHERE casebook_id = \(ana.casebook) AND position = 1"
      ).map { row throws(PostgresError) in try row.decode(String.self, at: 0) }
      #expect(plan.contains { $0.contains("InitPlan") })
      #expect(!plan.contains { $0.contains("SubPlan") })
    }
  }
}
