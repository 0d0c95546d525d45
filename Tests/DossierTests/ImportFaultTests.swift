import EventLog
import FoundationEssentials
import PostgresClient
import TestSupport
import Testing

@Suite("An import that is killed")
struct ImportFaultTests {
  private static let files = Office.files.merging([
    "notes/cases/gouzenko.yaml": """
    case: gouzenko
    kind: person
    name: Igor S. Gouzenko
    voices:
      - source: fbi-1955
        claims:
          - {id: born, predicate: birth.date, value: 1919-01-13, locator: p. 41}
          - {id: shirt, predicate: statement, value: hid papers, locator: p. 42}

    """
  ]) { $1 }

  @Test("at whatever message to the server, run again it is complete and nothing is there twice")
  func anywhere() async throws {
    try await withImporter { sandbox, proxy, log, url in
      for (path, text) in Self.files { try sandbox.write(text, to: path) }
      try await sandbox.done("import corpus notes")
      let whole = try await content(of: "notes", log)
      #expect(whole.contains { $0.contains("hid papers") })

      var number = 0
      var first: Outcome
      repeat {
        number += 1
        try sandbox.write("casebook: killed-\(number)\ntitle: Notes\n", to: "notes/casebook.yaml")
        let line = ["import", "corpus", "notes"]
        proxy.killClient(.beforeServerSees, atMessage: number)
        first = try await sandbox.run(line, with: url)
        proxy.killClient(.afterServerAnswered, atMessage: number)
        _ = try await sandbox.run(line, with: url)
        #expect(try await sandbox.run(line).status == 0)
        try #expect(await content(of: "killed-\(number)", log) == whole)
        #expect(try await sandbox.run(line).output.contains("nothing to do"))
      } while first.status == -9
      #expect(first.status == 0)
      // At least: connect, look at the schema, create, look, append.
      #expect(number > 5)
    }
  }

  @Test("while it writes a large casebook, run again it is complete and nothing is there twice")
  func large() async throws {
    let whole = try await withTestDatabase(.bundled) { configuration in
      try await content(of: "soviet-defectors", Self.log(configuration))
    }
    try await withImporter { sandbox, proxy, log, url in
      let line = ["import", "corpus", "--bundled", "soviet-defectors"]
      proxy.killClient(.beforeServerSees, whenItSends: "dossier.create_casebook(")
      #expect(try await sandbox.run(line, with: url).status == -9)
      try #expect(await log.casebook("soviet-defectors") == nil)
      proxy.killClient(.afterServerAnswered, whenItSends: "dossier.create_casebook(")
      #expect(try await sandbox.run(line, with: url).status == -9)
      try #expect(await content(of: "soviet-defectors", log) == whole)
      #expect(try await sandbox.run(line).output.contains("nothing to do"))
    }
  }

  @Test(
    "and whoever creates a casebook: it is there with its vocabulary or not at all, asked again once"
  )
  func creation() async throws {
    try await withImporter { sandbox, proxy, log, url in
      try await sandbox.done("casebook create whole")
      let whole = try await content(of: "whole", log)
      #expect(!whole.isEmpty)
      var number = 0
      var first: Outcome
      repeat {
        number += 1
        let slug = "killed-\(number)"
        let line = ["casebook", "create", slug, "--request-id", UUID().uuidString]
        proxy.killClient(.beforeServerSees, atMessage: number)
        first = try await sandbox.run(line, with: url)
        if try await log.casebook(slug) != nil {
          try #expect(await content(of: slug, log) == whole)
        }
        proxy.killClient(.afterServerAnswered, atMessage: number)
        _ = try await sandbox.run(line, with: url)
        if try await log.casebook(slug) != nil {
          try #expect(await content(of: slug, log) == whole)
        }
        #expect(try await sandbox.run(line).status == 0)
        try #expect(await content(of: slug, log) == whole)
      } while first.status == -9
      #expect(first.status == 0)
      // At least: connect, look at the schema, create.
      #expect(number > 3)
    }
  }

  private static func log(_ configuration: PostgresConfiguration) -> EventLog {
    EventLog(PostgresPool(configuration.of(.admin), maximumConnections: 1))
  }

  /// Runs a test with a prepared, empty database, and a way to it that may kill whoever takes it.
  private func withImporter(
    _ body: @Sendable (Sandbox, FaultProxy, EventLog, [String: String]) async throws -> Void
  ) async throws {
    try await withTestDatabase(.migrated) { configuration in
      let proxy = try FaultProxy(to: configuration)
      let log = Self.log(configuration)
      try await Sandbox.make(configuration.of(.admin)) { sandbox in
        try await body(
          sandbox, proxy, log, ["DATABASE_URL": proxy.configuration.of(.admin).description])
      }
      await log.pool.close()
      proxy.close()
    }
  }

  /// What a casebook holds after its first event, and that its log is whole.
  private func content(of slug: String, _ log: EventLog) async throws -> [String] {
    let casebook = try #require(try await log.casebook(slug)).id
    let verification = try await log.verify(casebook)
    #expect(verification.firstFault == nil)
    return try await log.events(of: casebook, positions: 2...10_000).map { event in
      "\(event.stream.kind == .casebook ? "-" : event.stream.id) \(event.type) \(event.data)"
    }
  }
}
