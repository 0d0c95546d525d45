public import Casebook
import EventLog

/// What recomputing the digests of attached texts found.
public struct TextVerification: Hashable, Sendable {
  /// A text that was attached to a source.
  public struct Text: Hashable, Sendable {
    /// The source.
    public let source: Slug
    /// Its SHA-256, as the log has it.
    public let sha256: String

    /// What it means that it was changed, and what to do.
    public var damage: String {
      "the text \(sha256.prefix(12)) was changed in the database and does not give its SHA-256. "
        + "Restore it from a backup"
    }

    /// What it means that it is absent, and what to do.
    public var absence: String {
      "the text \(sha256.prefix(12)) is not kept here. Give the file again with: "
        + "dossier source attach \(source) FILE"
    }
  }

  /// How many are what they were.
  public let intact: Int
  /// Those that no longer give their SHA-256.
  public let damaged: [Text]
  /// Those of which only the SHA-256 is known, as after a log was restored.
  public let notKept: [Text]
}

extension CasebookStore {
  /// Recomputes the SHA-256 of every text that was ever attached to a source and not set aside. Nothing is folded: the
  /// events say by themselves which texts those are.
  public func verifyTexts() async throws -> TextVerification {
    let kept = try await log.verifyTexts(of: casebookID)
    let head = try await log.resolve(.head, of: casebookID).position
    let events = try await log.events(
      of: casebookID, streams: [], includingGround: true, upTo: head)
    let voided = Voids(events).voided
    var known: Set<TextVerification.Text> = []
    for event in events
    where event.type == EventType.textAttached.rawValue && !voided.contains(event.position) {
      // What cannot be read names no text.
      guard let fact = try? Fact(event), case .textAttached(let text) = fact.event else { continue }
      known.insert(.init(source: fact.stream.id, sha256: text.sha256))
    }
    let texts = known.sorted { ($0.source, $0.sha256) < ($1.source, $1.sha256) }
    return TextVerification(
      intact: texts.count { kept[$0.sha256] == true },
      damaged: texts.filter { kept[$0.sha256] == false },
      notKept: texts.filter { kept[$0.sha256] == nil })
  }
}
