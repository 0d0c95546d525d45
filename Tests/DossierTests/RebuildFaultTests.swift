import PostgresClient
import StrictJSON
import TestSupport
import Testing

@Suite("Programs that keep views, and are killed", .timeLimit(.minutes(30)))
struct RebuildFaultTests {
  /// What a rebuild of the claims sends at each phase, and what the next one finds when it was killed then.
  enum Phase: String, CaseIterable, Sendable {
    case folding = "dossier.add_slice("
    case completing = "dossier.complete_generation("
    case following = "dossier.hold_generation("
    case comparing = "hash_record_extended("
    case switching = "dossier.activate_generation("
    case dropping = "dossier.drop_rows("

    var isFolded: Bool { self != .folding && self != .completing }
  }

  @Test(
    "A rebuild that is killed leaves what there was, and the next one goes on from there",
    arguments: Phase.allCases, [FaultProxy.Moment.beforeServerSees, .afterServerAnswered])
  func rebuild(phase: Phase, moment: FaultProxy.Moment) async throws {
    try await withKeeper { office, proxy, url in
      try await office.done("projection rebuild claim_view")
      proxy.killClient(moment, whenItSends: phase.rawValue)
      let line = ["projection", "rebuild", "claim_view", "--workers", "1"]
      #expect(try await office.run(line, with: url).status == -9)

      // Readers go on, and so do writers.
      try await office.done("projection check claim_view")
      try await office.done("claim record derjabin height 170 -s fbi-1955 -l 'p. 60'")

      let next = try await office.json("projection rebuild claim_view")["rebuilt"]?.arrayValue?
        .first
      #expect(next?["resumed"]?.booleanValue == (phase != .dropping))
      if phase != .dropping, phase.isFolded { #expect(next?["events"]?.integerValue == 0) }
      #expect(next?["comparison"]?["differing"]?.integerValue == 0)
      #expect(next?["position"]?.integerValue == (try await office.head()))
      try await office.done("projection check claim_view")
      #expect(
        try await office.json("projection rebuild claim_view")["rebuilt"]?.arrayValue?
          .first?["resumed"]?.booleanValue == false)
    }
  }

  @Test(
    "A follower that is killed holding its lock is followed by another, and nothing is applied twice",
    arguments: ["dossier.advance_generation(", "dossier.add_to_claim_view("],
    [FaultProxy.Moment.beforeServerSees, .afterServerAnswered])
  func follower(statement: String, moment: FaultProxy.Moment) async throws {
    try await withKeeper { office, proxy, url in
      try await office.done("projection rebuild claim_view")
      try await office.done("claim record derjabin height 170 -s fbi-1955 -l 'p. 60'")
      proxy.killClient(moment, whenItSends: statement)
      let line = ["projection", "follow", "claim_view"]
      #expect(try await office.run(line, with: url).status == -9)
      try await office.done("projection check claim_view")

      let next = try await office.interrupt(line) {
        while try await office.json("projection status claim_view")["views"]?.arrayValue?.first?[
          "state"] != "current"
        {}
      }

      #expect(next.status == 0, "\(next.errors)")
      // It may be interrupted between having carried the view on and saying so.
      #expect(next.lines.first == "claim_view  following")
      try await office.done("projection check claim_view")
    }
  }

  @Test("In a pipe machines are told each phase in a line of JSON, and the answer stands apart")
  func progress() async throws {
    try await withKeeper { office, _, _ in
      try await office.done("projection rebuild claim_view")
      let outcome = try await office.shell(
        #""$DOSSIER" projection rebuild claim_view --format ndjson 2>&1 >answer | cat"#)
      let told = try outcome.lines.map { try JSON(parsing: $0) }
      #expect(told.allSatisfy { $0["view"] == "claim_view" && $0["casebook"] == "notes" })
      #expect(
        told.compactMap { $0["phase"]?.stringValue }
          == ["folding", "following", "comparing", "switching", "dropping"])
      let events = try JSON(parsing: office.read("answer"))["events"]?.integerValue
      #expect(told.first?["total"]?.integerValue == events)
    }
  }

  /// Runs a test in the office, with a way to its database that may kill whoever takes it.
  private func withKeeper(
    _ body: @Sendable (Sandbox, FaultProxy, [String: String]) async throws -> Void
  ) async throws {
    try await withTestDatabase(.office) { configuration in
      let proxy = try FaultProxy(to: configuration)
      try await Sandbox.make(configuration.of(.admin)) { office in
        try await body(
          office, proxy, ["DATABASE_URL": proxy.configuration.of(.admin).description])
      }
      proxy.close()
    }
  }
}
