public import struct FoundationEssentials.UUID

/// What recomputing a casebook's log found.
public struct Verification: Hashable, Sendable {
  /// A place where the log is not what it was when it was written.
  public struct Fault: Hashable, Sendable {
    /// The position; one beyond the end when events are missing there.
    public let position: Int64
    /// What is wrong.
    public let problem: String
  }

  /// How many events there are.
  public let events: Int
  /// The root of the Merkle tree over them (RFC 6962), lower-case hexadecimal.
  public let root: String
  /// The first fault; nil when there is none.
  public let firstFault: Fault?
  /// Stretches of the log, by position, in which the server's clock had run back and time stood still.
  public let standstills: [ClosedRange<Int64>]
}

/// A root that somebody noted down earlier.
public struct KnownRoot: Hashable, Sendable {
  /// How many events the log had then.
  public let size: Int
  /// The root then, lower-case hexadecimal.
  public let root: String

  /// The root of the first `size` events.
  public init(size: Int, root: String) {
    self.size = size
    self.root = root
  }
}

extension EventLog {
  /// Recomputes every leaf from the stored columns, the tree, and the order of the log. Reads each event once; memory
  /// grows with the number of streams, not of events.
  ///
  /// - Parameters:
  ///   - casebook: the casebook.
  ///   - known: a root noted down earlier, which the log must still have.
  /// - Returns: what was found.
  /// - Throws: `EventLogError.noSuchCasebook`; `PostgresError`.
  public func verify(_ casebook: UUID, against known: KnownRoot? = nil) async throws -> Verification
  {
    let head = try await resolve(.head, of: casebook).position
    var walk = Walk(casebook: casebook, known: known)
    for try await event in allEvents(of: casebook, upTo: head) { walk.step(event) }
    return walk.result
  }
}

/// One pass over the log.
private struct Walk {
  let casebook: UUID
  let known: KnownRoot?
  private var tree = MerkleTree()
  private var versions: [StreamID: Int64] = [:]
  private var last: RecordedEvent?
  private var fault: Verification.Fault?
  private var standstills = Standstills()

  init(casebook: UUID, known: KnownRoot?) {
    self.casebook = casebook
    self.known = known
  }

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
    standstills.step(event.position, event.recordedAt, event.requestID)
    versions[event.stream] = event.streamVersion
    last = event
    tree.append(leafHash: leaf)
    if let known, tree.count == known.size, Hex.text(tree.root) != known.root {
      note(
        1, "the first \(known.size) events do not give the root noted down: history was rewritten")
    }
  }

  private mutating func note(_ position: Int64, _ problem: String) {
    if fault == nil { fault = Verification.Fault(position: position, problem: problem) }
  }

  var result: Verification {
    var fault = fault
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
