import Calendar
import Casebook
import StrictJSON
import Testing

/// A casebook as facts made it, to be asked what a command would do:
///
///     try given(RecordClaim(gouzenko, birth)).when(RecordClaim(gouzenko, birth)).refused(.sameClaim, …)
struct Given {
  var facts: [Fact] = []
  /// Where the facts lead, everybody heard.
  var state = CasebookState()

  /// An empty log.
  init() {}

  /// Carries out the commands, each on what the ones before it did.
  ///
  /// - Throws: `Refusal`, `EvolveError`.
  mutating func perform(_ commands: any Command..., by person: String = "mh") throws {
    for command in commands {
      for decision in try command.decide(on: state) {
        try append(decision.event, to: decision.stream, voice: decision.voice, by: person)
      }
    }
  }

  /// Appends an event that no command need have led to.
  ///
  /// - Throws: `EvolveError`.
  mutating func append(
    _ event: Event, to stream: StreamAddress, voice: Slug? = nil, by person: String = "mh"
  ) throws {
    let position = Int64(facts.count + 1)
    let version = Int64(facts.count { $0.stream == stream } + 1)
    let fact = Fact(
      position: position, stream: stream, streamVersion: version, voice: voice,
      recordedAt: Instant(microseconds: position * 1_000_000), recordedBy: person, event: event)
    facts.append(fact)
    try state.evolve(fact)
  }

  /// These facts and what the commands add.
  func and(_ commands: any Command...) throws -> Given {
    var given = self
    for command in commands { try given.perform(command) }
    return given
  }

  /// What the command would do.
  func when(_ command: any Command) -> Outcome { Outcome(command, self) }

  /// The same log, with the case not loaded.
  func without(_ slug: Slug) throws -> Given {
    var given = self
    _ = given.state.removeCase(slug)
    return given
  }

  /// The state that a reader gets who hears the voices.
  func fold(hearing voices: Voices = .all, voiding voided: Set<Int64> = []) throws -> CasebookState
  {
    try facts.folded(hearing: voices, voiding: voided)
  }
}

/// The casebook of `World`, and what the commands add to it.
func given(_ commands: any Command...) throws -> Given {
  var given = World.given
  for command in commands { try given.perform(command) }
  return given
}

/// What a command did to what was given.
struct Outcome {
  private let given: Given
  private let result: Result<[Decision], Refusal>

  init(_ command: any Command, _ given: Given) {
    self.given = given
    do { result = .success(try command.decide(on: given.state)) } catch { result = .failure(error) }
  }

  /// Expects the one event on the stream, in the voice, under the reference. It must survive being written and read, and
  /// fit the state.
  func then(
    _ event: Event, on stream: StreamAddress, voice: Slug? = nil, as reference: String,
    at location: SourceLocation = #_sourceLocation
  ) throws {
    guard case .success(let decisions) = result, decisions.count == 1, let only = decisions.first
    else {
      Issue.record("expected one event, got \(result)", sourceLocation: location)
      return
    }
    #expect(only.event == event, sourceLocation: location)
    #expect(only.stream == stream, sourceLocation: location)
    #expect(only.voice == voice, sourceLocation: location)
    #expect(only.reference.description == reference, sourceLocation: location)
    let copy = try Event(only.event.type, data: JSON(parsing: only.event.data.text))
    #expect(copy == only.event, sourceLocation: location)
    var next = given
    try next.append(only.event, to: only.stream, voice: only.voice)
  }

  /// Expects a refusal by `rule` with this message and a remedy that says at least this.
  func refused(
    _ rule: Refusal.Rule, _ message: String, _ remedy: String,
    at location: SourceLocation = #_sourceLocation
  ) {
    guard case .failure(let refusal) = result else {
      Issue.record("expected a refusal, got \(result)", sourceLocation: location)
      return
    }
    #expect(refusal.rule == rule, sourceLocation: location)
    #expect(refusal.message == message, sourceLocation: location)
    #expect(
      refusal.remedy?.contains(remedy) == true, "the remedy is \(refusal.remedy ?? "missing")",
      sourceLocation: location)
  }
}

extension Sequence where Element == Fact {
  /// The state that the facts lead to, those voided passed over.
  func folded(
    hearing voices: Voices = .all, voiding voided: Set<Int64> = []
  ) throws -> CasebookState {
    var state = CasebookState(hearing: voices, voided: voided)
    for fact in self {
      if voided.contains(fact.position) {
        state.skip(fact.stream, version: fact.streamVersion, reference: fact.localReference)
      } else {
        try state.evolve(fact)
      }
    }
    return state
  }
}

extension CasebookState {
  /// Whether both hold the same, bookkeeping of the fold aside.
  func holdsTheSame(as other: CasebookState) -> Bool {
    register == other.register && sources == other.sources && cases == other.cases
  }
}
