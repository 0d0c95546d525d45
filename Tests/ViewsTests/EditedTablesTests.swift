import Casebook
import CasebookStore
import EventLog
import PostgresClient
import TestSupport
import Testing

@testable import Views

@Suite("What is changed in the views' tables by hand", .timeLimit(.minutes(30)))
struct EditedTablesTests {
  /// Columns of which no change is found, and why it does not matter.
  private static let idle = [
    "generation.created_at": "says when it was begun, which nothing that is told hangs on",
    "active_generation.activated_at": "says when it was switched to; nothing hangs on it",
    "projection_fault.found_at": "says when it was found, not what; nothing hangs on it",
    "projection_runner.casebook_id": "a runner is there while its session is, whatever stands here",
    "projection_runner.view": "a runner is there while its session is",
    "projection_runner.process": "without that session's lock the row says nothing",
    "projection_runner.started_at":
      "tells of a session that is there, and of nothing that is stored",
    "projection_runner.heartbeat_at": "tells of a session that is there",
    "projection_runner.purpose": "a runner is there while its session is",
    "projection_runner.lock_key": "without the session's lock of that number the row says nothing",
  ]

  /// Tables of which a row can go without anything being told wrongly, and why.
  private static let dispensable = [
    "projection_job": "what it tells of was done, and nothing that is read hangs on it",
    "projection_runner": "a session that is there says so again",
    "snapshot": "a position without a name is there as before",
  ]

  @Test("Every change of every column that matters is refused or found by a check")
  func columns() async throws {
    try await withWorkshop { workshop in
      for place in try await workshop.places() {
        for edit in try await workshop.edits(at: place)
        where Self.idle["\(place.table).\(edit.column)"] == nil {
          let isFound = try await workshop.finds(edit, at: place)
          #expect(isFound, "\(place) SET \(edit.column) = \(edit.value)")
        }
      }
      #expect(try await workshop.isRight())
    }
  }

  @Test("Every row that goes is found where it matters")
  func removed() async throws {
    try await withWorkshop { workshop in
      for place in try await workshop.places() where Self.dispensable[place.table] == nil {
        #expect(try await workshop.findsRemoval(at: place), "\(place)")
      }
      #expect(try await workshop.isRight())
    }
  }

  @Test("Every row that is added is found, with keys of its own")
  func added() async throws {
    try await withWorkshop { workshop in
      let number = { (column: String) in "\(column) = \(column) + 1000" }
      for place in try await workshop.places() where place.table != "projection_runner" {
        let change =
          switch place.table {
          case "generation":
            """
            generation_id = generation_id + 1000, state = 'complete', slice_size = NULL,
            position = target_position
            """
          case "generation_slice": number("slice")
          case "projection_job": number("job_id")
          case "snapshot": "name = name || 'x', snapshot_key = snapshot_key + 1000"
          case "active_generation": "casebook_id = '\(workshop.other.store.casebookID)'"
          default: "from_position = from_position + 1, to_position = NULL"
          }
        let isFound = try await workshop.findsCopy(of: place, with: change)
        #expect(isFound, "\(place) with \(change)")
      }
      #expect(try await workshop.isRight())
    }
  }

  @Test("A generation that is said to stand one event further on, or less far, is found")
  func moved() async throws {
    try await withWorkshop { workshop in
      for view in [ClaimView.name, CaseView.name, AuditView.name, SearchView.name] {
        for step in [-1, 1] {
          let place = Place(
            table: "generation",
            condition: "casebook_id = '\(workshop.desk.store.casebookID)' AND view = '\(view)' "
              + "AND state = 'active'", view: view)
          let isFound = try await workshop.finds(
            Edit(
              column: "position", value: "position + \(step)",
              along: "target_position = target_position + \(step)"), at: place)
          #expect(isFound, "\(view) moved by \(step)")
        }
      }
    }
  }

  @Test("Whatever was changed of a view's own, the next rebuild mends it")
  func mended() async throws {
    try await withWorkshop { workshop in
      try await workshop.desk.rebuild(ClaimView.self)
      #expect(try await workshop.isRight([ClaimView.self]))
      let mine = "casebook_id = '\(workshop.desk.store.casebookID)'"
      for change in [
        "DELETE FROM dossier.generation WHERE view = 'claim_view' AND state = 'active'",
        "DELETE FROM dossier.active_generation WHERE view = 'claim_view'",
        "UPDATE dossier.generation SET state = 'complete' WHERE view = 'claim_view' AND state = 'active'",
        "UPDATE dossier.generation SET state = 'retired' WHERE view = 'claim_view' AND state = 'active'",
        """
        UPDATE dossier.generation SET position = position + 1000, target_position = target_position + 1000
        WHERE view = 'claim_view' AND state = 'active'
        """,
        "UPDATE dossier.claim_view SET generation_id = generation_id + 1000",
        "UPDATE dossier.active_generation SET generation_id = generation_id + 1000 WHERE view = 'claim_view'",
      ] {
        let word = change.contains("WHERE ") ? "AND" : "WHERE"
        try await workshop.superuser.execute(script: "\(change) \(word) \(mine)")
        #expect(try await !workshop.isRight([ClaimView.self]), "\(change)")
        try await workshop.desk.rebuild(ClaimView.self)
        #expect(try await workshop.isRight([ClaimView.self]), "\(change)")
      }
    }
  }

  /// Runs a test with a casebook of which every table of the views' holds something, and another one beside it.
  private func withWorkshop(_ body: (Workshop) async throws -> Void) async throws {
    try await withCasebook { database, desk in
      let other = try await database.casebook("other", by: "eve")
      try await other.buildViews()
      try await desk.fillTables()
      let superuser = try await PostgresConnection.connect(database.configuration)
      try await superuser.execute(
        script: """
          SET session_replication_role = replica;
          SET dossier.migrating = on;
          ALTER TABLE dossier.generation ALTER COLUMN generation_id SET GENERATED BY DEFAULT;
          ALTER TABLE dossier.projection_job ALTER COLUMN job_id SET GENERATED BY DEFAULT;
          ALTER TABLE dossier.snapshot ALTER COLUMN snapshot_key SET GENERATED BY DEFAULT;
          """)
      let workshop = Workshop(superuser: superuser, desk: desk, other: other)
      #expect(try await workshop.isRight())
      try await body(workshop)
      await superuser.close()
      await other.leave()
    }
  }
}

extension Desk {
  /// Has a life of its own leave rows of every kind in every table, ended ones and current ones; a stream
  /// that stands still, a rebuild that was broken off, and a position with a name.
  fileprivate func fillTables() async throws {
    try await prepare(cases: 2)
    var draft = ClaimDraft(predicate: "birth.date", value: "1919-01-13")
    draft.source = "alpha"
    draft.locator = "p. 41"
    try await perform(RecordClaim(try Slug("case-0"), draft))
    var edit = ClaimEdit()
    edit.fields[.value] = "1919-01-27"
    try await perform(
      CorrectClaim(try ItemReference("case-0/c3"), edit, kind: .transcription, reason: "misread"))
    var work = try RandomWork(seed: 7)
    var accepted = 0
    while accepted < 60 {
      if try await work.step(store) != nil { accepted += 1 }
    }
    // An event that every view of cases takes something from comes last.
    try await perform(statement("three"))
    try await buildViews()
    let position = try await head()
    try await views.save("before", at: position)

    let broken = try await views.createGeneration(
      of: ClaimView.self, target: position, sliceSize: 3)
    try await views.log.pool.withConnection { connection in
      let (slices, _) = try await views.slices(broken, of: ClaimView.self, on: connection)
      try #require(slices.count > 2)
      try await views.build(
        slices[0], of: broken, ClaimView.self, .none, on: connection, advanced: { _ in })
    }
    _ = try await poison("case-0")
    try await catchUp()
  }
}
