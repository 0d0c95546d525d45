import Casebook
import CasebookStore
import EventLog
import PostgresClient
import TestSupport
import Testing

@testable import Views

@Suite("Views when something comes between") struct FaultTests {
  @Test("What is appended while a rebuild switches is in the view that readers find then")
  func switching() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      try await desk.buildViews()
      let writer = try await database.join(desk, as: "boris")
      try await database.asSuperuser { gate in
        try await gate.close("BEFORE UPDATE ON dossier.active_generation FOR EACH ROW")
        let rebuild = Task { try await desk.rebuild(ClaimView.self) }
        try await database.waitUntilSomebodyWaits()
        try await writer.perform(statement("meanwhile"))
        // Whoever carries the view on now waits for the one that takes its place.
        let catchUp = Task { try await writer.views.catchUp(ClaimView.self) }
        try await database.waitUntilSomebodyWaits(2)
        try await gate.open()

        #expect(try await rebuild.value.comparison?.differing == 0)
        #expect(try await catchUp.value == desk.head())
      }
      #expect(try await desk.storedRowCount(of: ClaimView.self) == 13)
      #expect(try await desk.views.check(ClaimView.self).differing == 0)
      await writer.leave()
    }
  }

  @Test("What commits late is not skipped by a checkpoint that was taken meanwhile")
  func lateCommit() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      try await desk.buildViews()
      let head = try await desk.head()
      let writer = try await database.join(desk, as: "boris")
      try await database.asSuperuser { gate in
        // The event is there and has its position, only nobody sees it before it commits.
        try await gate.close(
          "AFTER INSERT ON dossier.event DEFERRABLE INITIALLY DEFERRED FOR EACH ROW")
        let append = Task { try await writer.perform(statement("late")) }
        try await database.waitUntilSomebodyWaits()
        try await desk.catchUp()
        #expect(try await desk.rebuild(ClaimView.self).generation.position == head)
        try await desk.expectFreshFold("before it is there")
        try await gate.open()
        _ = try await append.value
      }
      try await desk.catchUp()
      #expect(try await desk.views.activeGeneration(of: ClaimView.self)?.position == head + 1)
      #expect(try await desk.storedRowCount(of: ClaimView.self) == 13)
      try await desk.expectFreshFold("when it is there")
      await writer.leave()
    }
  }

  @Test("A server that restarts in the middle of a rebuild has the next one go on from there")
  func restarted() async throws {
    try await withPrivateServer { server in
      let database = TestDatabase(server.configuration)
      try await database.asSuperuser { _ = try await Migrator().migrate($0) }
      let desk = try await database.casebook()
      try await desk.prepare()
      try await desk.rebuild(ClaimView.self)
      let gate = try await PostgresConnection.connect(server.configuration)
      try await gate.close(
        "BEFORE INSERT ON dossier.claim_view FOR EACH ROW WHEN (NEW.case_id = 'case-4')")
      let rebuild = Task {
        try await Rebuild(desk.views, of: ClaimView.self, workers: 1, sliceSize: 3).run { _ in }
      }
      try await database.waitUntilSomebodyWaits()
      try await server.restart(.immediate)
      await #expect(throws: (any Error).self) { try await rebuild.value }
      await gate.close()

      // Nobody holds the gate any more.
      let again = try await database.desk(desk.configuration, at: desk)
      #expect(try await again.views.check(ClaimView.self).differing == 0)
      try await again.perform(statement("after it"))
      let report = try await again.rebuild(ClaimView.self)
      #expect(report.wasResumed && report.events < 18)
      #expect(report.comparison?.differing == 0)
      #expect(try await again.storedRowCount(of: ClaimView.self) == 13)
      #expect(try await again.views.check(ClaimView.self).differing == 0)
      await again.leave()
      await desk.leave()
    }
  }
}

extension PostgresConnection {
  /// Has everybody who does such a thing to a table wait until this session opens the gate, or ends.
  fileprivate func close(_ occasion: String) async throws {
    let isDeferred = occasion.contains("DEFERRABLE")
    try await execute(
      script: """
        SET dossier.migrating = on;
        CREATE FUNCTION public.wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM pg_advisory_xact_lock_shared(4711);
          RETURN NEW;
        END $$;
        CREATE \(isDeferred ? "CONSTRAINT " : "")TRIGGER gate \(occasion)
          EXECUTE FUNCTION public.wait_at_gate();
        SELECT pg_advisory_lock(4711);
        """)
  }

  fileprivate func open() async throws {
    try await query("SELECT pg_advisory_unlock(4711)")
  }
}
