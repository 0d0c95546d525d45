import Casebook
import Testing

@Suite("What sets events aside") struct VoidsTests {
  @Test(
    "A void names an event before it that is neither the first nor a void; no other has an effect")
  func effects() {
    var voids = Voids()
    voids.take(10, naming: 4)
    voids.take(11, naming: 10)
    voids.take(12, naming: 12)
    voids.take(13, naming: 14)
    voids.take(14, naming: 1)
    voids.take(15, naming: 0)
    voids.take(16, naming: .min)
    voids.take(17, naming: nil)
    voids.take(18, naming: 17)
    voids.take(19, naming: 18)
    voids.take(20, naming: 9)
    voids.take(21, naming: .max)

    #expect(voids.targets == [10: 4, 20: 9])
    #expect(voids.voided == [4, 9])
    #expect(voids.withoutEffect.keys.sorted() == [11, 12, 13, 14, 15, 16, 17, 18, 19, 21])
    #expect(voids.withoutEffect[11] == "it names @10, which sets another event aside")
    #expect(voids.withoutEffect[12] == "it names @12, which does not come before it")
    #expect(
      voids.withoutEffect[14] == "it names the first event, without which there is no casebook")
    #expect(voids.withoutEffect[17] == "it cannot be read")
    #expect(voids.positions == Set(10...21) && voids.contains(17) && !voids.contains(4))
  }

  @Test("The register keeps those with an effect alone")
  func register() throws {
    var given = World.given
    let last = Int64(given.facts.count)
    for position in [last, 1, 0, last + 50, last + 1] {
      try given.append(.eventVoided(position: position, reason: "x"), to: World.casebook)
    }
    #expect(given.state.register?.voided == [last: "x"])
    #expect(given.state.version(of: World.casebook) == given.state.register?.version)
  }

  @Test("A void cannot be set aside, whatever it names and wherever it stands")
  func guarded() throws {
    let state = CasebookState(voided: [14], voids: [20, 21])
    var with = state
    for fact in World.given.facts { try with.evolve(fact) }
    for position: Int64 in [20, 21] {
      #expect(throws: Refusal.self) { try VoidEvent(position, reason: "x").decide(on: with) }
    }
    let refusal = try #require(throws: Refusal.self) {
      try VoidEvent(14, reason: "x").decide(on: with)
    }
    #expect(refusal.message == "the event @14 is already set aside")
  }

  @Test("The casebook's own stream takes no event of another casebook stream")
  func otherStream() throws {
    var given = World.given
    let other = StreamAddress(.casebook, "other")
    let before = given.state.register
    #expect(throws: EvolveError.self) {
      try given.append(
        .predicateDefined(World.predicate("later", .text), nil), to: other)
    }
    given.state.skip(other, version: 9, reference: "a9")
    #expect(given.state.register == before)
  }
}

@Suite("Streams that stand still") struct StoppedStreamTests {
  private let stopped = StoppedStream(
    StreamName(World.file("petrov")), at: 41, because: "the name is not one")

  @Test("Whoever asks for what is not there before it is told why")
  func lookups() throws {
    var state = World.given.state
    state.stop(stopped)
    state.stop(StoppedStream(StreamName(World.source("omega")), at: 42, because: "no title"))
    state.stop(StoppedStream(StreamName(World.casebook), at: 43, because: "no label"))
    func message<T>(_ body: () throws -> T) throws -> String {
      try #require(throws: Refusal.self) { _ = try body() }.message
    }
    #expect(try message { try state.caseFile("petrov") } == stopped.description)
    #expect(stopped.description.contains("dossier log void @41 -m REASON"))
    #expect(
      try message { try state.source("omega") }
        .hasPrefix("the source omega stands still before @42: no title."))
    #expect(
      try message { try state.predicate("later") }
        .hasPrefix("there is no predicate \"later\" yet where the casebook defectors stands still"))
    #expect(throws: Never.self) { try state.predicate("statement") }
  }

  @Test("Its voice is one that can be asked for, and is left out where dates of issue decide")
  func voices() throws {
    var state = World.given.state
    #expect(state.unregisteredSources.isEmpty)
    state.stop(StoppedStream(StreamName(World.source("omega")), at: 42, because: "no title"))
    state.stop(StoppedStream(StreamName(World.source("memoir")), at: 43, because: "no grade"))
    state.stop(StoppedStream(StreamName(.source, "Omega"), at: 44, because: "no name"))
    #expect(state.unregisteredSources == ["omega"])
    func heard(_ selection: VoiceSelection) throws -> [[String]] {
      let (voices, undated, _) = try selection.resolved(
        among: state.sources, unregistered: state.unregisteredSources)
      return [(voices.sources ?? []).sorted().map(\.text), undated.map(\.text)]
    }
    #expect(try heard(VoiceSelection(only: ["omega"])) == [["omega"], []])
    #expect(
      try heard(VoiceSelection(without: ["memoir"])) == [["fbi-1955", "omega", "riehle-2020"], []])
    #expect(
      try heard(VoiceSelection(issuedBy: "1960")) == [["fbi-1955"], ["memoir", "omega"]])
  }

  @Test("What is wrong may hold the event's words, of which others hear none, and is never long")
  func words() {
    #expect(!stopped.withoutWords.description.contains("name is not one"))
    #expect(stopped.withoutWords.position == 41)
    let long = StoppedStream(
      stopped.stream, at: 41, because: String(repeating: "x", count: 1_000_000))
    #expect(long.problem.utf8.count < 400 && long.problem.hasSuffix("…"))
  }

  @Test("Streams are told apart by the bytes of their names")
  func bytes() {
    let (composed, decomposed) = (
      StreamName(.caseFile, "\u{E9}"), StreamName(.caseFile, "e\u{301}")
    )
    #expect(composed != decomposed && Set([composed, decomposed]).count == 2)
  }
}
