import struct FoundationEssentials.UUID

/// One pass over a casebook's log, from its first event on: recomputes the leaves and their tree, and holds each event
/// against those before it and against the rules.
struct LogWalk {
  private let casebook: UUID
  private let known: KnownRoot?
  private var tree = MerkleTree()
  private var versions: [StreamID: Int64] = [:]
  private var last: RecordedEvent?
  private var fault: Verification.Fault?
  private var standstills = Standstills()
  private var rules: RuleWalk

  init(casebook: UUID, known: KnownRoot?, rules: RuleWalk) {
    self.casebook = casebook
    self.known = known
    self.rules = rules
  }

  /// Takes the next event in the order of the log.
  mutating func step(_ event: RecordedEvent) {
    let leaf = LeafHash.of(event, in: casebook)
    let expected = Int64(tree.count) + 1
    if event.position != expected {
      note(expected, "the event is missing: the next one is @\(event.position)")
    } else if leaf != event.leafHash {
      note(event.position, "the event was changed: its columns do not give its leaf hash")
    } else if event.streamVersion != versions[event.stream, default: 0] + 1 {
      note(event.position, "\(event.stream) jumps to version \(event.streamVersion)")
    } else if (event.type == "casebook.created") != (expected == 1) {
      note(event.position, "a log begins with casebook.created, and has it once")
    } else if let last, event.recordedAt < last.recordedAt {
      note(event.position, "it bears an earlier time than the event before it")
    }
    rules.step(event)
    standstills.step(event.position, event.recordedAt, event.requestID)
    versions[event.stream] = event.streamVersion
    last = event
    tree.append(leafHash: leaf)
    if let known, tree.count == known.size, Hex.text(tree.root) != known.root {
      note(
        1, "the first \(known.size) events do not give the root noted down: history was rewritten")
    }
  }

  /// Looks at what stands beside the log.
  mutating func finish(listed: [String], misplacedRequest: Int64?) {
    fault = firstFault
    if let source = listed.first(where: { !rules.sources.contains($0) }) {
      note(
        Int64(tree.count),
        "up to here no event registers the source \(source), which is listed as one")
    }
    if let position = misplacedRequest {
      note(position, "a request is kept of which the events are not where it says")
    }
  }

  /// The first fault so far, be it of an event that breaks a rule and is not set aside.
  private var firstFault: Verification.Fault? {
    let broken = rules.faults.min { $0.key < $1.key }.map {
      Verification.Fault(position: $0.key, problem: "it could not be written: \($0.value)")
    }
    return [fault, broken].compactMap(\.self).min { $0.position < $1.position }
  }

  private mutating func note(_ position: Int64, _ problem: String) {
    if fault == nil { fault = Verification.Fault(position: position, problem: problem) }
  }

  /// What the events so far come to.
  var result: Verification {
    var fault = firstFault
    if fault == nil, let known, tree.count < known.size {
      fault = Verification.Fault(
        position: Int64(tree.count) + 1,
        problem: "the log ends at @\(tree.count), and had \(known.size) events before")
    }
    return Verification(
      events: tree.count, root: Hex.text(tree.root), firstFault: fault,
      standstills: standstills.found)
  }
}
