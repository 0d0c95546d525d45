@testable import EventLog
import FoundationEssentials
import Migrations
import PostgresClient
import TestSupport
import Testing

/// What somebody changes of the schema is named, whatever it is: the changes are made from the schema itself, so that an
/// object that is added later is changed too.
@Suite("What the schema is made of")
struct SchemaCatalogueTests {
  private static let file = URL(filePath: #filePath)
    .appending(path: "../../../Migrations/schema.txt").standardized

  /// After a migration that is meant, copy the file that a failing test names over the old one.
  @Test("is what schema.txt says, and the file can be read back")
  func expected() async throws {
    let found = try await withTestConnection(.migrated) { connection in
      try await connection.transaction { try await SchemaCatalogue($0) }
    }
    #expect(SchemaCatalogue(parsing: found.text) == found)
    let known = String(decoding: try Data(contentsOf: Self.file), as: UTF8.self)
    guard found.text != known else { return }
    let fresh = "/tmp/dossier-schema.txt"
    try Data(found.text.utf8).write(to: URL(filePath: fresh))
    Issue.record(
      "The migrations do not make what schema.txt says; if that is meant, copy \(fresh) over it.")
  }

  @Test("is as the migrations made it, whoever looks and whatever the session has set")
  func untouched() async throws {
    try await withKeeper { _, ana in
      let before = try await ana.log.verifySchema()
      #expect(before.differences.isEmpty && before.unavailable.isEmpty)
      let connection = try await PostgresConnection.connect(ana.configuration)
      try await connection.execute(
        script: """
          SET search_path = dossier, pg_catalog; SET standard_conforming_strings = off;
          SET quote_all_identifiers = on; SET DateStyle = 'German'; SET bytea_output = 'escape'
          """)
      #expect(try await SchemaVerification(connection).differences.isEmpty)
      await connection.close()
    }
  }

  /// What one change does to everything of some kinds.
  struct Sweep: Sendable, CustomTestStringConvertible {
    let kinds: Set<String>
    let script: String
    var testDescription: String { kinds.sorted().joined(separator: ", ") }

    init(_ kinds: Set<String>, _ script: String) {
      self.kinds = kinds
      self.script = script
    }

    /// Runs the statement that `statement` makes of each row of a query.
    init(_ kinds: Set<String>, each query: String, _ statement: String) {
      self.init(
        kinds,
        """
        DO $sweep$
        DECLARE r record;
        BEGIN
          FOR r IN \(query) LOOP
            EXECUTE \(statement);
          END LOOP;
        END $sweep$
        """)
    }
  }

  private static let triggers = """
    SELECT tgrelid::regclass AS t, tgname AS n FROM pg_trigger
    WHERE NOT tgisinternal AND tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'dossier'::regnamespace)
    """
  private static let policies = """
    SELECT tablename AS t, policyname AS n, cmd FROM pg_policies WHERE schemaname = 'dossier'
    """
  private static let functions = "WHERE pronamespace = 'dossier'::regnamespace"

  private static let sweeps = [
    Sweep(["trigger"], each: triggers, "format('ALTER TABLE %s ENABLE TRIGGER %I', r.t, r.n)"),
    Sweep(
      ["trigger"], each: triggers, "format('ALTER TABLE %s ENABLE REPLICA TRIGGER %I', r.t, r.n)"),
    Sweep(["trigger"], each: triggers, "format('ALTER TABLE %s DISABLE TRIGGER %I', r.t, r.n)"),
    Sweep(["trigger"], each: triggers, "format('DROP TRIGGER %I ON %s', r.n, r.t)"),
    Sweep(
      ["trigger"],
      "UPDATE pg_class SET relhastriggers = false WHERE relnamespace = 'dossier'::regnamespace"),
    Sweep(["policy"], each: policies, "format('DROP POLICY %I ON dossier.%I', r.n, r.t)"),
    Sweep(
      ["policy"], each: policies,
      """
      format('ALTER POLICY %I ON dossier.%I %s (true)', r.n, r.t,
        CASE r.cmd WHEN 'INSERT' THEN 'WITH CHECK' ELSE 'USING' END)
      """),
    Sweep(
      ["row security"],
      each: """
        SELECT relname AS t, relrowsecurity AS is_on FROM pg_class
        WHERE relnamespace = 'dossier'::regnamespace AND relkind = 'r'
        """,
      """
      format('ALTER TABLE dossier.%I %s ROW LEVEL SECURITY', r.t,
        CASE WHEN r.is_on THEN 'DISABLE' ELSE 'ENABLE' END)
      """),
    Sweep(
      ["constraint"],
      each: """
        SELECT conrelid::regclass AS t, conname AS n FROM pg_constraint
        WHERE connamespace = 'dossier'::regnamespace AND conrelid <> 0 AND contype <> 'n'
        """,
      "format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS %I CASCADE', r.t, r.n)"),
    Sweep(
      ["index"],
      "UPDATE pg_index SET indisvalid = false WHERE indrelid::regclass::text LIKE 'dossier.%'"),
    Sweep(
      ["column"],
      each: """
        SELECT c.relname AS t, a.attname AS n FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'dossier'::regnamespace AND c.relkind = 'r' AND a.attnum > 0
          AND NOT a.attisdropped
        """,
      "format('ALTER TABLE dossier.%I RENAME COLUMN %I TO %I', r.t, r.n, 'x' || r.n)"),
    Sweep(
      ["kept"],
      "UPDATE pg_class SET relpersistence = 'u' WHERE relnamespace = 'dossier'::regnamespace"),
    Sweep(["owner"], "REASSIGN OWNED BY dossier_owner TO CURRENT_USER"),
    Sweep(
      ["privileges"],
      "DROP OWNED BY dossier_reader, dossier_analyst, dossier_projector, dossier_auditor, dossier_admin"
    ),
    Sweep(["behaviour"], "UPDATE pg_proc SET prosecdef = NOT prosecdef \(functions)"),
    Sweep(
      ["behaviour"],
      "UPDATE pg_proc SET provolatile = CASE provolatile WHEN 's' THEN 'v' ELSE 's' END \(functions)"
    ),
    Sweep(["body"], "UPDATE pg_proc SET prosrc = prosrc || ' ' \(functions)"),
    Sweep(["settings"], "UPDATE pg_proc SET proconfig = NULL \(functions)"),
    Sweep(
      ["arguments", "returns"],
      each: "SELECT oid::regprocedure AS f, proname AS n FROM pg_proc \(functions)",
      "format('ALTER FUNCTION %s RENAME TO %I', r.f, 'x' || r.n)"),
    Sweep(["may"], "UPDATE pg_authid SET rolcreatedb = true WHERE rolname ~ '^dossier_[a-z]+$'"),
    Sweep(
      ["row"],
      """
      DO $sweep$ BEGIN
        EXECUTE (
          SELECT 'TRUNCATE ' || string_agg(c.oid::regclass::text, ', ') FROM pg_class c
          WHERE c.relnamespace = 'dossier'::regnamespace AND c.relkind = 'r' AND NOT EXISTS (
            SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'casebook_id'));
      END $sweep$
      """),
    Sweep(
      ["fires"], each: "SELECT evtname AS n FROM pg_event_trigger",
      "format('ALTER EVENT TRIGGER %I ENABLE', r.n)"),
    Sweep(
      ["calls", "at", "fires"], each: "SELECT evtname AS n FROM pg_event_trigger",
      "format('DROP EVENT TRIGGER %I', r.n)"),
  ]

  /// `trigger refuse_change` is of the kind `trigger`; a row of a fixed table, of `row`.
  private static func kind(of property: String) -> String {
    property == "row security" ? property : String(property.prefix { $0 != " " })
  }

  @Test(
    "can be changed in no kind of thing without being named, each one by name", arguments: sweeps)
  func swept(_ sweep: Sweep) async throws {
    let named = Set(try await differences(after: sweep.script))
    for (object, properties) in SchemaCatalogue.expected.objects {
      for property in properties.keys where sweep.kinds.contains(Self.kind(of: property)) {
        #expect(
          named.contains { difference in
            guard difference.object == object else { return false }
            guard case .property(property, _, _) = difference.kind else {
              return difference.kind == .isMissing
            }
            return true
          }, "\(object): \(property)")
      }
    }
  }

  @Test("has no kind of thing that is not changed here")
  func kinds() {
    let all = SchemaCatalogue.expected.objects.values.flatMap { $0.keys.map(Self.kind) }
    #expect(Set(all) == Self.sweeps.reduce(into: []) { $0.formUnion($1.kinds) })
  }

  @Test(
    "is not widened, replaced or added to without being named",
    arguments: [
      (
        "GRANT INSERT ON dossier.event TO PUBLIC",
        "table dossier.event: privileges of PUBLIC is none of Dossier's: “INSERT”"
      ),
      (
        "GRANT UPDATE (data) ON dossier.event TO dossier_reader",
        "table dossier.event: privileges of dossier_reader on data"
      ),
      ("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA dossier TO PUBLIC", "function dossier.leaf_hash"),
      (
        "GRANT CREATE ON SCHEMA dossier TO dossier_analyst",
        "schema dossier: privileges of dossier_analyst"
      ),
      (
        "ALTER DEFAULT PRIVILEGES FOR ROLE dossier_owner GRANT EXECUTE ON FUNCTIONS TO PUBLIC",
        "new functions of dossier_owner is none of Dossier's"
      ),
      (
        "ALTER DEFAULT PRIVILEGES FOR ROLE dossier_owner IN SCHEMA dossier GRANT INSERT ON TABLES TO PUBLIC",
        "new tables of dossier_owner in dossier is none of Dossier's"
      ),
      (
        "CREATE OR REPLACE FUNCTION dossier.is_auditor() RETURNS boolean LANGUAGE sql AS 'SELECT true'",
        "function dossier.is_auditor(): body should be"
      ),
      ("DROP FUNCTION dossier.guard_view(text)", "function dossier.guard_view(text) is missing"),
      (
        "CREATE FUNCTION dossier.sha256(bytea) RETURNS bytea LANGUAGE sql AS 'SELECT $1'",
        "function dossier.sha256(bytea) is none of Dossier's"
      ),
      (
        """
        CREATE FUNCTION public.pass() RETURNS void LANGUAGE sql SECURITY DEFINER AS 'SELECT';
        ALTER FUNCTION public.pass() OWNER TO dossier_owner
        """, "function public.pass() is none of Dossier's"
      ),
      (
        "UPDATE dossier.event_type SET access = 'write'",
        "table dossier.event_type: row (casebook.created"
      ),
      (
        """
        INSERT INTO dossier.event_type
        SELECT (json_populate_record(t, '{"event_type": "x.y"}')).* FROM dossier.event_type t LIMIT 1
        """, "table dossier.event_type: row (x.y,"
      ),
      (
        "ALTER TABLE dossier.event ADD COLUMN note text",
        "table dossier.event: column note is none of Dossier's"
      ),
      (
        "ALTER TABLE dossier.event ALTER COLUMN data TYPE text",
        "table dossier.event: column data should be"
      ),
      (
        "ALTER TABLE dossier.event ALTER recorded_by SET DEFAULT 'bert'",
        "table dossier.event: column recorded_by"
      ),
      (
        "ALTER TABLE dossier.source DISABLE TRIGGER ALL",
        "table dossier.source: constraint source_casebook_id_fkey should be"
      ),
      (
        """
        CREATE TRIGGER late AFTER INSERT ON dossier.event
          FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()
        """, "table dossier.event: trigger late is none of Dossier's"
      ),
      (
        "CREATE RULE hide AS ON INSERT TO dossier.event DO INSTEAD NOTHING",
        "table dossier.event: rule hide"
      ),
      (
        "CREATE POLICY all_see ON dossier.event USING (true)", "table dossier.event: policy all_see"
      ),
      (
        "CREATE TABLE public.heir () INHERITS (dossier.event)",
        "table dossier.event: rows of public.heir"
      ),
      (
        "ALTER TABLE dossier.event RENAME TO past; CREATE VIEW dossier.event AS TABLE dossier.past",
        "view dossier.event is none"
      ),
      ("ALTER SCHEMA dossier RENAME TO past", "table dossier.event is missing"),
      ("CREATE UNIQUE INDEX one ON dossier.event (casebook_id)", "table dossier.event: index one"),
      (
        "ALTER TABLE dossier.event ADD CONSTRAINT never CHECK (false) NOT VALID",
        "table dossier.event: constraint never"
      ),
      ("CREATE DOMAIN dossier.name AS text", "type dossier.name is none of Dossier's"),
      (
        "ALTER ROLE dossier_owner LOGIN",
        "role dossier_owner: may should be “what it is granted”, and is “log in”"
      ),
    ])
  func changed(_ script: String, _ words: String) async throws {
    let found = try await differences(after: script).map(\.description)
    #expect(found.contains { $0.contains(words) }, "\(found)")
  }

  /// What differs once a superuser whom the guards let pass has done something, which is then taken back.
  private func differences(after script: String) async throws -> [SchemaDifference] {
    try await withTestDatabase(.migrated) { configuration in
      try await TestDatabase(configuration).pastGuards { connection in
        try await connection.execute(script: "BEGIN; \(script)")
        let found = try await SchemaCatalogue(connection)
        try await connection.execute(script: "ROLLBACK")
        return SchemaCatalogue.expected.differences(in: found)
      }
    }
  }

  @Test("is not as it should be where the guards let sessions to come pass unasked")
  func openDoors() async throws {
    try await withKeeper { database, ana in
      let name = try #require(database.configuration.database)
      try await database.asSuperuser { connection in
        try await connection.query("ALTER DATABASE \(identifier: name) SET dossier.migrating = on")
      }
      let found = try await ana.log.verifySchema().differences.map(\.description)
      #expect(
        found == ["setting dossier.migrating of database \(name) is none of Dossier's"])
    }
  }

  @Test("lacks the guards of commands only where no superuser can be had")
  func hosted() async throws {
    try await withPrivateServer { server in
      let superuser = try await PostgresConnection.connect(server.configuration)
      try await superuser.execute(script: "CREATE ROLE landlord LOGIN CREATEROLE")
      try await superuser.execute(script: "CREATE DATABASE casebooks OWNER landlord")
      var casebooks = server.configuration
      casebooks.database = "casebooks"
      var landlord = casebooks
      landlord.user = "landlord"
      let connection = try await PostgresConnection.connect(landlord)
      try await connection.execute(script: Migrations.roles)
      try await superuser.execute(script: "GRANT dossier_owner TO landlord")
      try await Migrator().migrate(connection)
      let schema = try await SchemaVerification(connection)
      #expect(schema.differences.isEmpty)
      #expect(schema.unavailable.count == 4)
      await connection.close()
      // A superuser puts them up, and then their absence is a fault wherever he is the only one.
      let helper = try await PostgresConnection.connect(casebooks)
      try await Migrator().migrate(helper)
      #expect(try await SchemaVerification(helper).unavailable.isEmpty)
      try await helper.execute(
        script: "REVOKE dossier_owner FROM landlord; DROP EVENT TRIGGER dossier_refuse_drop")
      #expect(
        try await SchemaVerification(helper).differences.map(\.description)
          == ["event trigger dossier_refuse_drop is missing"])
      await helper.close()
      await superuser.close()
    }
  }
}
