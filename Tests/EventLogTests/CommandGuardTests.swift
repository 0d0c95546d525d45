import EventLog
import PostgresClient
import TestSupport
import Testing

/// Commands that would change what the log is made of, or let somebody around it.
@Suite("The guards of the schema")
struct CommandGuardTests {
  private static let commands = [
    // Triggers, rules and policies
    "ALTER TABLE dossier.event DISABLE TRIGGER ALL",
    "ALTER TABLE dossier.event DISABLE TRIGGER refuse_change",
    "ALTER TABLE dossier.event ENABLE TRIGGER refuse_change",
    "ALTER TRIGGER refuse_change ON dossier.event RENAME TO x",
    "DROP TRIGGER refuse_change ON dossier.event",
    """
    CREATE TRIGGER a BEFORE INSERT ON dossier.event
      FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()
    """,
    "CREATE RULE hide AS ON INSERT TO dossier.event DO INSTEAD NOTHING",
    "ALTER TABLE dossier.event DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE dossier.event FORCE ROW LEVEL SECURITY",
    "DROP POLICY members_read ON dossier.event",
    "ALTER POLICY members_read ON dossier.event USING (true)",
    "CREATE POLICY all_see ON dossier.event USING (true)",
    // Tables
    "ALTER TABLE dossier.event ALTER COLUMN recorded_by TYPE text USING 'bert'",
    "ALTER TABLE dossier.event ALTER COLUMN recorded_by SET DEFAULT 'bert'",
    "ALTER TABLE dossier.event ADD COLUMN x integer",
    "ALTER TABLE dossier.event RENAME COLUMN data TO past",
    "ALTER TABLE dossier.event DROP CONSTRAINT event_pkey",
    "ALTER TABLE dossier.event SET UNLOGGED",
    "ALTER TABLE dossier.event SET SCHEMA public",
    "ALTER TABLE dossier.event RENAME TO past",
    "ALTER TABLE dossier.event OWNER TO CURRENT_USER",
    "DROP TABLE dossier.event CASCADE",
    "DROP INDEX dossier.event_ground",
    "CREATE INDEX ON dossier.event (recorded_by)",
    "CREATE TABLE public.heir () INHERITS (dossier.event)",
    "ALTER TABLE public.copy INHERIT dossier.event",
    "ALTER TABLE public.parts ATTACH PARTITION dossier.event DEFAULT",
    "ALTER TABLE dossier.event INHERIT public.copy",
    "CREATE VIEW dossier.shown AS SELECT 1",
    "ALTER SEQUENCE dossier.generation_generation_id_seq RESTART",
    // Functions
    "CREATE OR REPLACE FUNCTION dossier.is_auditor() RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    "CREATE FUNCTION dossier.sha256(bytea) RETURNS bytea LANGUAGE sql AS 'SELECT $1'",
    "ALTER FUNCTION dossier.is_auditor() SECURITY INVOKER",
    "ALTER FUNCTION dossier.is_auditor() RENAME TO x",
    "ALTER FUNCTION dossier.is_auditor() OWNER TO CURRENT_USER",
    "DROP FUNCTION dossier.is_auditor() CASCADE",
    "ALTER FUNCTION public.pass() OWNER TO dossier_owner",
    """
    CREATE FUNCTION pg_temp.pass() RETURNS void LANGUAGE sql SECURITY DEFINER AS 'SELECT';
    ALTER FUNCTION pg_temp.pass() OWNER TO dossier_owner
    """,
    // Privileges
    "GRANT INSERT ON dossier.event TO PUBLIC",
    "GRANT UPDATE (data) ON dossier.event TO PUBLIC",
    "REVOKE SELECT ON dossier.event FROM dossier_reader",
    "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA dossier TO PUBLIC",
    "GRANT CREATE ON SCHEMA dossier TO PUBLIC",
    "ALTER DEFAULT PRIVILEGES FOR ROLE dossier_owner GRANT EXECUTE ON FUNCTIONS TO PUBLIC",
    "ALTER DEFAULT PRIVILEGES FOR ROLE dossier_owner IN SCHEMA dossier GRANT INSERT ON TABLES TO PUBLIC",
    "DROP OWNED BY dossier_reader",
    // The schema
    "ALTER SCHEMA dossier RENAME TO past",
    "ALTER SCHEMA dossier OWNER TO CURRENT_USER",
    "CREATE DOMAIN dossier.name AS text",
    "DO $$ BEGIN EXECUTE 'ALTER TABLE dossier.' || 'event DISABLE TRIGGER ALL'; END $$",
  ]

  @Test(
    "refuse every command that changes the log's objects, for superusers and the owner, in replica mode too",
    arguments: ["", "SET session_replication_role = replica", "SET ROLE dossier_owner"])
  func refuse(_ preparation: String) async throws {
    try await withKeeper { database, ana in
      try await ana.append(.registered("fbi"), .claimed("gouzenko", in: "fbi"))
      let before = try await ana.exported()
      try await database.asSuperuser { connection in
        try await connection.execute(
          script: """
            CREATE FUNCTION public.pass() RETURNS void LANGUAGE sql SECURITY DEFINER AS 'SELECT';
            CREATE TABLE public.copy (LIKE dossier.event INCLUDING ALL);
            CREATE TABLE public.parts (LIKE dossier.event) PARTITION BY LIST (casebook_id);
            \(preparation)
            """)
        let isOwner = preparation.contains("ROLE dossier_owner")
        for command in Self.commands {
          let error = await #expect(throws: PostgresError.self, "\(command)") {
            try await connection.execute(script: command)
          }
          // What the owner may not do anyway, PostgreSQL says first.
          let codes = isOwner ? ["DS006", "42501"] : ["DS006"]
          #expect(
            codes.contains(error?.sqlState?.rawValue ?? ""),
            "\(command): \(String(describing: error))")
        }
      }
      #expect(try await ana.log.verifySchema().differences.isEmpty)
      #expect(try await ana.exported() == before)
    }
  }

  @Test("let everything pass that is none of the log's, and what keeps a database in order")
  func pass() async throws {
    try await withKeeper { database, ana in
      try await ana.append(.opened("gouzenko"))
      try await database.asSuperuser { connection in
        try await connection.execute(
          script: """
            CREATE TEMPORARY TABLE mine AS SELECT * FROM dossier.event;
            CREATE TABLE public.other (casebook_id uuid REFERENCES dossier.casebook, n integer);
            GRANT SELECT ON public.other TO dossier_reader;
            ALTER TABLE public.other ADD COLUMN m integer;
            CREATE FUNCTION public.f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
            ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO dossier_reader;
            COMMENT ON TABLE dossier.event IS 'the log';
            DROP TABLE public.other;
            REINDEX TABLE dossier.event;
            ANALYZE dossier.event
            """)
      }
      let person = try await PostgresConnection.connect(ana.configuration)
      try await person.execute(
        script: "CREATE TEMPORARY TABLE t (n integer) ON COMMIT DROP; CREATE INDEX ON t (n)")
      await person.close()
      #expect(try await ana.log.verifySchema().differences.isEmpty)
    }
  }

  @Test("stand on every table that is appended to, that tells members, or that migrations fill")
  func everywhere() async throws {
    try await withTestConnection(.migrated) { connection in
      let bare = try await connection.query(
        """
        SELECT c.relname::text FROM pg_class c
        WHERE c.relnamespace = 'dossier'::regnamespace AND c.relkind = 'r'
          AND (c.relname = 'membership'
            OR EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'refuse_change')
            OR c.relname <> 'migration' AND NOT EXISTS (
              SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'casebook_id'))
          AND NOT EXISTS (
            SELECT FROM pg_trigger t
            WHERE t.tgrelid = c.oid AND t.tgname = 'refuse_outsider' AND t.tgenabled = 'A')
        """
      ).map { row throws(PostgresError) in try row.decode(String.self, at: 0) }
      #expect(bare.isEmpty, "a migration that adds such a table calls dossier.guard_table")
    }
  }

  @Test("are put up again by the next migration when somebody took them down")
  func repaired() async throws {
    try await withTestConnection(.migrated) { connection in
      try await connection.execute(
        script: """
          DROP EVENT TRIGGER dossier_refuse_drop;
          ALTER EVENT TRIGGER dossier_refuse_command DISABLE
          """)
      #expect(
        try await SchemaVerification(connection).differences.map(\.description) == [
          "event trigger dossier_refuse_command: fires should be “always”, and is “never”",
          "event trigger dossier_refuse_drop is missing",
        ])
      try await Migrator().migrate(connection)
      #expect(try await SchemaVerification(connection).differences.isEmpty)
    }
  }
}
