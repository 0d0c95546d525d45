import Casebook
import CasebookStore
import EventLog
import PostgresClient
import TestSupport
import Testing
@testable import Views

@Suite("Views and events that cannot be applied") struct PoisonTests {
  @Test("Such an event stops its own stream, in the views that fold it; the views go on")
  func stopped() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      try await desk.buildViews()
      let position = try await desk.poison("case-1")
      let other = try await desk.poison("case-2")
      try await desk.perform(statement("after it"))
      let head = try await desk.head()

      try await desk.catchUp()

      for projection in Projections.all {
        let status = try await desk.views.status(of: projection)
        #expect(status.condition == .current && status.generation?.position == head)
        let folds = projection.streams.contains(.case)
        #expect(status.faults.map(\.position) == (folds ? [position, other] : []))
      }
      let fault = try #require(try await desk.views.status(of: ClaimView.self).faults.first)
      #expect(fault.stream == StreamID(.case, "case-1") && fault.type == "claim.recorded")
      #expect(fault.description.contains("dossier log void @\(position)"))
      #expect(try await desk.statements(on: "case-0") == ["one", "two", "after it"])
      try await desk.expectFreshFold("all of it")
    }
  }

  @Test("A rebuild goes on, and a first build as well; set aside, the stream does too")
  func rebuilt() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      try await desk.rebuild(CaseView.self)
      let position = try await desk.poison("case-1")
      try await desk.perform(statement("after it"))
      var head = try await desk.head()

      for projection in [CaseView.self, ClaimView.self] as [any Projection.Type] {
        let report = try await desk.rebuild(projection)
        #expect(report.generation.position == head)
        #expect(report.faults.map(\.position) == [position])
        #expect(try await desk.views.check(projection).first == nil)
      }

      try await desk.perform(VoidEvent(position, reason: "not ours"))
      head = try await desk.head()
      for projection in [CaseView.self, ClaimView.self] as [any Projection.Type] {
        let report = try await desk.rebuild(projection)
        #expect(report.generation.position == head && report.faults.isEmpty)
        let status = try await desk.views.status(of: projection)
        #expect(status.condition == .current && status.faults.isEmpty)
        // What stood still then is still known.
        #expect(
          try await desk.views.faults(of: projection, at: head - 1).map(\.position) == [position])
        #expect(try await desk.views.check(projection).first == nil)
      }
    }
  }

  @Test(
    "An event of a type or version to come stops its stream the same way, and in a rebuild; set aside, it goes on",
    arguments: [("claim.recorded", 2), ("claim.rumoured", 1)])
  func unknown(type: String, version: Int) async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      try await desk.buildViews()
      let position = try await desk.poison("case-1", type: type, version: version)
      try await desk.perform(statement("after it"))
      try await desk.catchUp()
      for _ in 0..<2 {
        let status = try await desk.views.status(of: ClaimView.self)
        let fault = try #require(status.faults.first).description
        #expect(fault.contains("does not know \(type) version \(version)"))
        #expect(fault.contains("upgrade") && fault.contains("dossier log void @\(position)"))
        #expect(try await desk.views.status(of: SourceView.self).faults.isEmpty)
        try await desk.expectFreshFold("all of it")
        try await desk.buildViews()
      }
      try await desk.perform(VoidEvent(position, reason: "not ours"))
      try await desk.catchUp()
      #expect(try await desk.views.status(of: ClaimView.self).faults.isEmpty)
      try await desk.expectFreshFold("without it")
    }
  }

  @Test(
    "Rows, standstills and the trail as of any position are those of the fold of its prefix, followed or rebuilt",
    arguments: [5, 23] as [UInt64])
  func everyPrefix(seed: UInt64) async throws {
    try await withCasebook { _, desk in
      var work = try RandomWork(seed: seed)
      var random = SeededGenerator(seed: seed)
      try await desk.buildViews()
      var poison: [Int64] = []
      var (accepted, voided) = (0, 0)
      while accepted < 50 {
        switch Int.random(in: 0..<10, using: &random) {
        case 0:
          let names = RandomWork.caseNames + ["Vienna", "\u{202E}anna"]
          let name = names[Int.random(in: names.indices, using: &random)]
          poison.append(
            try await desk.intrude(.init("case.renamed", on: StreamID(.case, name), "{}")))
        case 1 where !poison.isEmpty:
          let position = poison[Int.random(in: poison.indices, using: &random)]
          if (try? await desk.perform(VoidEvent(position, reason: "not ours"))) != nil {
            voided += 1
          }
        default:
          // A stream that stands still is not written to.
          guard let receipt = try? await work.step(desk.store), receipt.positions != nil else {
            continue
          }
          accepted += 1
        }
        if Bool.random(using: &random) { try await desk.catchUp() }
      }
      try await desk.catchUp()
      #expect(poison.count > 3 && voided > 1)

      let head = try await desk.head()
      for _ in 0..<2 {
        for position in stride(from: 1, through: head, by: Int64.Stride(head / 12)) {
          try await desk.expectFold(at: position, "@\(position), seed \(seed)")
        }
        try await desk.expectFold(at: head, "at the end, seed \(seed)")
        try await desk.expectFreshFold("seed \(seed)")
        for projection in Projections.all {
          let report = try await desk.rebuild(projection)
          #expect(
            report.comparison?.differences.isEmpty == true, "\(projection.name), seed \(seed)")
        }
      }
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
        #expect(status.faults.isEmpty)
        #expect(try await desk.rebuild(projection).comparison?.differing == 0)
      }
      try await desk.expectFreshFold()
    }
  }
}

extension Desk {
  /// The values of a case's claims as the view has them.
  fileprivate func statements(on home: String) async throws -> [String] {
    try await views.claims(at: head()).filter { $0.home == home }.map(\.words.value)
  }

  /// Expects of every view, as of a position, what the fold of that prefix leaves.
  fileprivate func expectFold(
    at position: Int64, _ comment: Comment, _ location: SourceLocation = #_sourceLocation
  ) async throws {
    let basis = try await store.log.resolve(.position(position), of: store.casebookID)
    for projection in Projections.all where projection.name != AuditView.name {
      let stored = try await storedRows(of: projection, at: position)
      let folded = try await foldedRows(of: projection, at: position)
      #expect(stored == folded, "\(projection.name) \(comment)", sourceLocation: location)
    }
    let view = try await store.forEachCase(at: basis) { _, _ in }
    let cases = view.stopped.filter { $0.stream.kind == .caseFile }
    let faults = try await views.faults(of: ClaimView.self, at: position).map(\.stopped)
    #expect(faults == cases, comment, sourceLocation: location)
    #expect(
      try await views.faults(of: AuditView.self, at: position).map(\.stopped) == view.stopped,
      comment, sourceLocation: location)
    var trail: [TrailEntry] = []
    _ = try await store.forEachTrail(at: basis, .all) { trail += $1.map(\.entry) }
    trail.sort { $0.stamp.position < $1.stamp.position }
    let stored = try await views.trail(at: position)
    #expect(
      stored.map(\.stamp) == trail.map(\.stamp) && stored.map(\.voiding) == trail.map(\.voiding)
        && stored.map(\.isVoided) == trail.map(\.isVoided), comment, sourceLocation: location)
  }
}
