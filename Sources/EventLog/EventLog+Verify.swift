public import struct FoundationEssentials.UUID
import PostgresClient

/// What recomputing a casebook's log found.
public struct Verification: Hashable, Sendable {
  /// A place where the log is not what it was when it was written, or never could have been written.
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
  /// Recomputes every leaf from the stored columns, the tree, and the order of the log, and holds every event against
  /// the rules for what may enter. Reads each event once and folds none; memory grows with the number of streams and of
  /// broken rules, not of events. Requests are looked at where the connected person may see them.
  ///
  /// - Parameters:
  ///   - casebook: the casebook.
  ///   - known: a root noted down earlier, which the log must still have.
  /// - Returns: what was found.
  /// - Throws: `EventLogError.noSuchCasebook`; `PostgresError`.
  public func verify(_ casebook: UUID, against known: KnownRoot? = nil) async throws -> Verification
  {
    // Before the head is looked up: a source may be registered any time, and none is ever taken away.
    let listed = try await listedSources(of: casebook)
    let head = try await resolve(.head, of: casebook).position
    var walk = LogWalk(
      casebook: casebook, known: known,
      rules: RuleWalk(try await rules(), of: try await slug(of: casebook)))
    for try await event in allEvents(of: casebook, upTo: head) { walk.step(event) }
    walk.finish(listed: listed, misplacedRequest: try await misplacedRequest(of: casebook))
    return walk.result
  }

  private func slug(of casebook: UUID) async throws -> String {
    let rows = try await pool.query(
      "SELECT slug FROM dossier.casebook WHERE casebook_id = \(casebook)")
    return try rows.first?.decode(String.self, at: 0) ?? ""
  }
}
