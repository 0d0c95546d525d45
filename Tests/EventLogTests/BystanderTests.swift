import Calendar
import EventLog
import Foundation
import Migrations
import PostgresClient
import TestSupport
import Testing

@Suite("Those who may not write do not hold up those who may")
struct BystanderTests {
  /// Whatever takes locks, tried in one transaction that stays open: what is refused leaves none, and what is allowed
  /// must not matter.
  private static func attempts(on casebook: String) -> [String] {
    let tables = [
      "casebook", "membership", "event", "append_request", "source", "event_type", "migration",
    ].map { "dossier.\($0)" }
    let modes = [
      "ACCESS SHARE", "ROW SHARE", "ROW EXCLUSIVE", "SHARE UPDATE EXCLUSIVE", "SHARE",
      "SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE",
    ]
    let strengths = ["KEY SHARE", "SHARE", "NO KEY UPDATE", "UPDATE"]
    return tables.flatMap { table in
      ["SELECT FROM \(table)", "ANALYZE \(table)", "TRUNCATE \(table) CASCADE"]
        + modes.map { "LOCK TABLE \(table) IN \($0) MODE" }
        + strengths.map { "SELECT FROM \(table) FOR \($0)" }
        + [
          "CREATE INDEX ON \(table) ((1))", "CREATE STATISTICS held ON 1, 2 FROM \(table)",
          "ALTER TABLE \(table) ADD held integer", "DROP TABLE \(table) CASCADE",
          "REINDEX TABLE \(table)", "CLUSTER \(table) USING held",
          "COMMENT ON TABLE \(table) IS ''",
          "CREATE RULE held AS ON INSERT TO \(table) DO NOTHING",
          "CREATE TABLE held (casebook_id uuid REFERENCES \(table))",
          "CREATE TEMPORARY TABLE held (casebook_id uuid REFERENCES \(table))",
          "CREATE TABLE held () INHERITS (\(table))", "CREATE POLICY held ON \(table)",
        ]
    } + [
      "SELECT dossier.resolve_as_of('\(casebook)', 'infinity')",
      "SELECT dossier.resolve_as_of('\(casebook)', clock_timestamp())",
      "SELECT dossier.adopt_casebook('\(casebook)', session_user)",
      "SELECT dossier.keep_text('\(casebook)', sha256('x'), '{x}')",
      "SELECT dossier.finish_import('\(casebook)')",
      "DROP SCHEMA dossier CASCADE", "ALTER SCHEMA dossier RENAME TO held",
      "DROP FUNCTION dossier.append", "DROP ROLE dossier_owner",
      // What a migrator once held, the casebook's own name, and whatever else can be thought of.
      "SELECT pg_advisory_lock(28270039319274866)",
      "SELECT pg_advisory_lock(hashtextextended('\(casebook)', 0))",
      "SELECT pg_advisory_lock(number) FROM generate_series(-100, 100) AS number",
      "SELECT pg_advisory_lock(0, number) FROM generate_series(-100, 100) AS number",
    ]
  }

  @Test(
    "with whatever they lock in a transaction that they leave open",
    arguments: ["reader", "auditor", "outsider"])
  func openTransaction(_ who: String) async throws {
    try await withMigratedDatabase { database in
      let ana = try await database.keeper()
      try await ana.append(.registered("fbi"))
      let groups = who == "outsider" ? [] : ["dossier_\(who)"]
      let person = try await database.person("ben", in: groups)
      if who == "reader" {
        try await ana.log.grant(.read, to: person.user ?? "", on: ana.casebook)
      }
      let bystander = try await PostgresConnection.connect(person)
      try await bystander.execute(script: "BEGIN")
      var held = 0
      for attempt in Self.attempts(on: ana.casebook.uuidString) {
        try await bystander.execute(script: "SAVEPOINT before")
        do {
          try await bystander.execute(script: attempt)
          held += 1
        } catch {
          try await bystander.execute(script: "ROLLBACK TO before")
        }
      }
      // Advisory locks at least: the transaction does hold something.
      #expect(held >= 4)

      // Where one of these waits, it ends with an error.
      var impatient = ana.configuration
      impatient.sessionParameters["lock_timeout"] = "2s"
      let writer = Keeper(
        configuration: impatient, log: Keeper.log(of: impatient), casebook: ana.casebook,
        slug: ana.slug)
      try await writer.append(.opened("gouzenko"), .claimed("gouzenko", in: "fbi"))
      _ = try await writer.log.createCasebook(
        data: #"{"slug":"other","title":"Other"}"#, requestID: UUID(),
        commandHash: sha256("other"))
      let next = Migrations.Migration(
        version: Migrations.all.count + 1, name: "create_test",
        sql: "CREATE TABLE dossier.test (n integer)")
      let applied = try await database.asSuperuser { connection in
        try await Migrator(Migrations.all + [next], patience: .seconds(2)).migrate(connection)
      }
      #expect(applied == [next])
      #expect(await bystander.isInTransaction)
      await bystander.close()
    }
  }
}
