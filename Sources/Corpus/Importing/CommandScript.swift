import Calendar
import Casebook

/// Commands worked out one after the other, each on what the ones before it did, so that a later one can name what an
/// earlier one records. Nothing is written.
struct CommandScript {
  /// The commands, in order.
  private(set) var commands: [any Command] = []
  /// The entry that each command comes from.
  private(set) var origins: [Origin?] = []
  /// The casebook after them.
  private(set) var state: CasebookState
  /// The cases that receive events.
  private(set) var cases: Set<Slug> = []

  private var position: Int64
  private let log: ProblemLog

  /// A script that begins with `state`, in which `position` is the last event.
  init(_ state: CasebookState, head position: Int64, _ log: ProblemLog) {
    self.state = state
    self.state.indexClaims()
    self.position = position
    self.log = log
  }

  /// Adds a command that comes from the entry at `origin`, where a refusal is noted.
  ///
  /// - Returns: what the first thing it records is called; nil when it is refused.
  @discardableResult
  mutating func add(_ command: any Command, from origin: Origin?) -> Reference? {
    do {
      let decisions = try command.decide(on: state)
      for decision in decisions { try apply(decision) }
      commands.append(command)
      origins.append(origin)
      return decisions.first?.reference
    } catch let refusal as Refusal {
      note(refusal, origin)
    } catch {
      log.add(origin?.problem("\(error)") ?? Problem(file: "", message: "\(error)"))
    }
    return nil
  }

  private mutating func apply(_ decision: Decision) throws(EvolveError) {
    position += 1
    if decision.stream.kind == .caseFile { cases.insert(decision.stream.id) }
    // Time and author are the server's to say; no decision depends on them.
    try state.evolve(
      Fact(
        position: position, stream: decision.stream,
        streamVersion: state.version(of: decision.stream) + 1, voice: decision.voice,
        recordedAt: Instant(microseconds: 0), recordedBy: "", event: decision.event))
  }

  /// Notes a refusal where the entry says what was refused.
  private func note(_ refusal: Refusal, _ origin: Origin?) {
    guard let origin else {
      log.add(Problem(file: "", message: refusal.description))
      return
    }
    log.add(origin.problem(refusal))
  }
}

extension Origin {
  /// A refusal of the entry's command, at the field it is about.
  func problem(_ refusal: Refusal) -> Problem {
    let fields = Self.fields(of: refusal).filter { lines[$0] != nil }
    let quoted = fields.first { field in
      texts[field].map { refusal.message.contains("\"\($0)\"") } ?? false
    }
    let field = quoted ?? fields.first
    // Only a row of a table stands at no place within its file.
    let message = refusal.description.replacing(
      "--as-written", with: place.isEmpty ? "the column as_written" : "the field as-written")
    return problem(field.map { "\($0): \(message)" } ?? message, at: field)
  }

  /// The fields that a refusal can be about, the likeliest first.
  private static func fields(of refusal: Refusal) -> [String] {
    switch refusal.rule {
    case .unknownPredicate: ["predicate"]
    case .missingLocator: ["locator"]
    case .unknownSource, .missingSource: ["work", "source", "value", "derives-from"]
    case .badQualifier: ["with"]
    // "recall.ordered, date: …" is about a qualifier, "birth.date: …" about the value.
    case .badDate, .badValue, .missingValue:
      refusal.message.prefix { $0 != ":" }.contains(", ") ? ["with"] : ["value", "population"]
    case .unknownCase: ["case", "value", "population", "with"]
    case .missingText: ["text", "description"]
    case .unknownTabulation: ["population"]
    case .badCriterion: ["criterion"]
    default: []
    }
  }
}
