import Casebook
import StrictJSON
import Testing

@Suite("Any sequence of commands") struct ModelTests {
  static let seeds = Array(UInt64(1)...24)
  private static let steps = 400

  /// A log that a person at random might have written, with what was accepted and what was refused.
  static func run(_ seed: UInt64, _ check: (Given, Model) throws -> Void = { _, _ in }) throws
    -> Given
  {
    var random = SplitMix64(seed: seed)
    var given = World.given
    var model = Model(given.state)
    for index in 0..<steps {
      let step = try RandomStep(using: &random)
      let expected = step.step(model)
      do {
        try given.perform(step.command, by: "ANALYST \(seed)")
        let next = try #require(expected, "step \(index) should be refused: \(step.command)")
        model = next
      } catch let refusal as Refusal {
        try #require(expected == nil, "step \(index) is refused: \(refusal): \(step.command)")
      }
      try check(given, model)
    }
    return given
  }

  @Test("does what a simple model of the rules does, step by step", arguments: seeds)
  func model(_ seed: UInt64) throws {
    let given = try Self.run(seed) { given, model in
      try #require(Model(given.state) == model)
    }
    // A run in which next to nothing was accepted would show nothing.
    #expect(given.facts.count > World.given.facts.count + 40)
  }

  @Test("can be of every kind")
  func everyKind() throws {
    let types = try Self.seeds.reduce(into: Set<EventType>()) { types, seed in
      types.formUnion(try Self.run(seed).facts.map(\.event.type))
    }
    // What the steps do not try: the vocabulary does not change, nor do copies and titles, and nobody judges.
    #expect(
      Set(EventType.allCases).subtracting(types) == [
        .predicateRevised, .tabulationStated, .tabulationCorrected, .tabulationWithdrawn,
        .eventVoided, .sourceAmended, .copyRegistered, .textAttached,
        .conclusionDrawn, .conclusionRevised, .conclusionWithdrawn,
        .identityJudged,
      ])
  }

  @Test("leaves events that fold to the same state, at every prefix", arguments: seeds)
  func folds(_ seed: UInt64) throws {
    var states: [CasebookState] = []
    var last = World.given.facts.count
    let given = try Self.run(seed) { given, _ in
      guard given.facts.count > last else { return }
      last = given.facts.count
      states.append(given.state)
    }
    var state = try World.given.facts.folded()
    for (fact, live) in zip(given.facts.dropFirst(World.given.facts.count), states) {
      try state.evolve(try fact.storedAndRead())
      try #require(state.holdsTheSame(as: live), "\(fact)")
    }
    #expect(states.count == given.facts.count - World.given.facts.count)
  }
}

extension Fact {
  /// The fact as it comes back from the log.
  func storedAndRead() throws -> Fact {
    Fact(
      position: position, stream: stream, streamVersion: streamVersion, voice: voice,
      recordedAt: recordedAt, recordedBy: recordedBy,
      event: try Event(event.type, data: JSON(parsing: event.data.text)))
  }
}
