public import Casebook

/// What an import does, entry by entry.
public struct ImportPlan: Sendable {
  /// What becomes of an entry.
  public enum Outcome: String, Sendable, CaseIterable {
    /// It is new.
    case recorded
    /// It differs from what was last imported.
    case corrected
    /// It is no longer in the files and is withdrawn, as was asked for.
    case withdrawn
    /// It is no longer in the files; nothing is done about it.
    case missing
    /// An analyst has changed or withdrawn it since, or it can only be changed by hand; nothing is done about it.
    case diverged
    /// It is present already.
    case unchanged
  }

  /// What an entry is.
  public enum Kind: String, Sendable, CaseIterable {
    case casebook, predicate, source, copy, derivation, tabulation
    case caseFile = "case"
    case claim, citation, annotation, dispute, conclusion, identity
  }

  /// One entry.
  public struct Item: Sendable {
    /// What becomes of it.
    public let outcome: Outcome
    /// What it is.
    public let kind: Kind
    /// Its id in its file.
    public let id: String
    /// What it is called in the casebook; nil for predicates, copies and derivations.
    public let reference: Reference?
    /// Where it stands; nil when it is no longer in the files.
    public let origin: Origin?
    /// What to know about it, such as why it was left alone.
    public let note: String?
  }

  /// The entries, in the order in which they are dealt with.
  public let items: [Item]
  /// What is to be done, in order.
  public let commands: [any Command]

  /// The entry of a file that each command comes from.
  let origins: [Origin?]
  /// The versions of the cases that receive events, as they were when it was worked out.
  let caseVersions: [Slug: Int64]

  /// A plan for nothing.
  static let nothing = ImportPlan(items: [], commands: [], origins: [], caseVersions: [:])

  /// True when there is nothing to do.
  public var isEmpty: Bool { commands.isEmpty }

  /// True when something recorded is changed or withdrawn, so that a reason is due.
  public var needsMessage: Bool {
    items.contains { $0.outcome == .corrected || $0.outcome == .withdrawn }
  }

  /// How many entries have this outcome, perhaps of one kind only.
  public func count(_ outcome: Outcome, _ kind: Kind? = nil) -> Int {
    items.count { $0.outcome == outcome && (kind == nil || $0.kind == kind) }
  }

  /// The entries with this outcome.
  public func items(_ outcome: Outcome) -> [Item] {
    items.filter { $0.outcome == outcome }
  }
}
