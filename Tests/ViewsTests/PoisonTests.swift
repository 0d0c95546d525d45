import Casebook
import CasebookStore
import EventLog
import PostgresClient
import TestSupport
import Testing
@testable import Views

@Suite("Views and events that cannot be applied") struct PoisonTests {
  @Test("Such an event stops the views that it concerns where it stands, and no other")
  func stopped() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      try await desk.buildViews()
      let position = try await desk.poison("case-1")
      try await desk.perform(statement("after it"))
      let head = try await desk.head()

      try await desk.catchUp()

      let status = try await desk.views.status(of: ClaimView.self)
      #expect(status.condition == .stopped && status.generation?.position == position - 1)
      let fault = try #require(status.fault)
      #expect(fault.position == position && fault.type == "claim.recorded")
      #expect(fault.description.contains("dossier log void @\(position)"))
      let source = try await desk.views.status(of: SourceView.self)
      #expect(source.condition == .current && source.generation?.position == head)
      try await desk.expectFreshFold("up to it")
    }
  }

  @Test("A rebuild stops there too, and a first build as well; set aside, the next rebuild goes on")
  func rebuilt() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      try await desk.rebuild(CaseView.self)
      let position = try await desk.poison("case-1")
      try await desk.perform(statement("after it"))

      for projection in [CaseView.self, ClaimView.self] as [any Projection.Type] {
        let report = try await desk.rebuild(projection)
        #expect(report.generation.position == position - 1)
        #expect(report.fault?.position == position)
        #expect(try await desk.views.check(projection).first == nil)
      }

      try await desk.perform(VoidEvent(position, reason: "not ours"))
      let head = try await desk.head()
      for projection in [CaseView.self, ClaimView.self] as [any Projection.Type] {
        let report = try await desk.rebuild(projection)
        #expect(report.generation.position == head && report.fault == nil)
        let status = try await desk.views.status(of: projection)
        #expect(status.condition == .current && status.fault == nil)
        #expect(try await desk.views.check(projection).first == nil)
      }
    }
  }

  @Test(
    "An event of a type or version to come stops them the same way, and a rebuild; set aside, they go on",
    arguments: [("claim.recorded", 2), ("claim.rumoured", 1)])
  func unknown(type: String, version: Int) async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      try await desk.buildViews()
      try await database.pastGuards { connection in
        try await connection.query(
          """
          INSERT INTO dossier.event_type (event_type, schema_version, voice, access)
          VALUES (\(type), \(Int32(version)), 'source', 'write')
          """)
      }
      let position = try await desk.poison("case-1", type: type, version: version)
      try await desk.perform(statement("after it"))
      try await desk.catchUp()
      for _ in 0..<2 {
        let status = try await desk.views.status(of: ClaimView.self)
        #expect(status.condition == .stopped && status.generation?.position == position - 1)
        let fault = try #require(status.fault).description
        #expect(fault.contains("does not know \(type) version \(version)"))
        #expect(fault.contains("upgrade") && fault.contains("dossier log void @\(position)"))
        #expect(try await desk.views.status(of: SourceView.self).condition == .current)
        try await desk.expectFreshFold("up to it")
        try await desk.buildViews()
      }
      try await desk.perform(VoidEvent(position, reason: "not ours"))
      try await desk.catchUp()
      #expect(try await desk.views.status(of: ClaimView.self).condition == .current)
      try await desk.expectFreshFold("without it")
    }
  }

  @Test(
    "Set aside, it is passed over: what stood still goes on, and what is built anew is the same")
  func setAside() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      try await desk.buildViews()
      let position = try await desk.poison("case-1")
      try await desk.perform(statement("after it"))
      try await desk.catchUp()

      try await desk.perform(VoidEvent(position, reason: "not ours"))
      try await desk.perform(statement("three", on: "case-1"))
      try await desk.catchUp()

      let head = try await desk.head()
      for projection in Projections.all {
        let status = try await desk.views.status(of: projection)
        #expect(status.condition == .current && status.generation?.position == head)
        #expect(try await desk.rebuild(projection).comparison?.differing == 0)
      }
      try await desk.expectFreshFold()
    }
  }
}
