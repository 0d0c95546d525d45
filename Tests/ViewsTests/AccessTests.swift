import Casebook
import CasebookStore
import EventLog
import PostgresClient
import TestSupport
import Testing

@testable import Views

@Suite("Who may read and write views") struct AccessTests {
  /// A person who logs in with these group roles and has this access to the casebook.
  private func desk(
    _ groups: [String], _ access: Access?, at desk: Desk, _ database: TestDatabase
  ) async throws -> Desk {
    let person = try await database.person("boris", in: groups)
    if let access {
      try await database.admit(person.user ?? "", access, to: desk.store.casebookID)
    }
    return try await database.desk(person, at: desk)
  }

  @Test("Whoever holds a view keeps nobody from an answer: it is folded from the log instead")
  func held() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      try await desk.buildViews()
      try await desk.perform(statement("newer"))
      let head = try await desk.head()
      let holder = try await PostgresConnection.connect(desk.configuration)
      try await holder.query("BEGIN")
      try await holder.query(
        "SELECT dossier.hold_generation(\(desk.store.casebookID), \(ClaimView.name))")
      #expect(try await !desk.views.reaches(head, ClaimView.self))
      try await holder.query("COMMIT")
      await holder.close()
      #expect(try await desk.views.reaches(head, ClaimView.self))
    }
  }

  @Test(
    "Writing members may rebuild, and the service that keeps views may with reading access",
    arguments: [
      (["dossier_analyst"], Access.write), (["dossier_projector"], .read),
      (["dossier_admin"], .admin),
    ])
  func writers(groups: [String], access: Access) async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      let other = try await self.desk(groups, access, at: desk, database)

      try await other.buildViews()
      try await desk.perform(statement("three"))
      try await other.catchUp()
      try await other.rebuild(ClaimView.self)

      try await other.expectFreshFold()
      await other.leave()
    }
  }

  @Test(
    "Others read and check what they may read, and write nothing",
    arguments: [["dossier_reader"], ["dossier_analyst"], ["dossier_auditor"]])
  func readers(groups: [String]) async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      try await desk.buildViews()
      let access: Access? = groups == ["dossier_auditor"] ? nil : .read
      let other = try await self.desk(groups, access, at: desk, database)

      try await other.expectFreshFold()
      #expect(try await other.storedRowCount(of: ClaimView.self) == 12)
      let head = try await desk.head()
      #expect(try await other.views.reaches(head, ClaimView.self))
      try await desk.perform(statement("three"))
      #expect(try await !other.views.reaches(head + 1, ClaimView.self))
      await #expect(throws: (any Error).self) { try await other.views.catchUp(ClaimView.self) }
      let refusal = ViewError.notAllowed(view: "claim_view")
      await #expect(throws: refusal) { try await other.rebuild(ClaimView.self) }
      await #expect(throws: refusal) { try await other.views.drop(ClaimView.self) }
      await #expect(throws: refusal) {
        try await Follower(other.store, [ClaimView.self], interval: .seconds(1)).run {
          Issue.record("\($1)")
        }
      }
      await #expect(throws: PostgresError.self) {
        try await other.store.log.pool.query("INSERT INTO dossier.claim_view DEFAULT VALUES")
      }
      _ = try? await other.store.log.pool.query("DELETE FROM dossier.claim_view")
      #expect(try await desk.storedRowCount(of: ClaimView.self) == 12)
      await other.leave()
    }
  }

  @Test("Nobody sees or touches the views of a casebook that is not theirs")
  func strangers() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      try await desk.buildViews()
      let stranger = try await database.casebook("other", by: "eve")

      for projection in Projections.all {
        #expect(try await stranger.storedRowCount(of: projection) == 0)
      }
      let theirs = try await database.desk(stranger.configuration, at: desk)
      await #expect(throws: (any Error).self) { try await theirs.rebuild(ClaimView.self) }
      for table in ["claim_view", "generation", "active_generation"] {
        let error = await #expect(throws: PostgresError.self) {
          try await stranger.store.log.pool.query(
            "DELETE FROM \(raw: "dossier.\(table)") WHERE casebook_id = \(desk.store.casebookID)")
        }
        #expect(error?.sqlState == .insufficientPrivilege)
      }
      try await desk.expectFreshFold()
      await stranger.leave()
      await theirs.leave()
    }
  }
}
