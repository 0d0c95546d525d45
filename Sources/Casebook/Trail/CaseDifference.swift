import StrictJSON

/// What differs between a case at two moments: for each thing that does, how it was and how it is.
public struct CaseDifference: Hashable, Sendable {
  /// One thing that differs.
  public struct Entry: Hashable, Sendable {
    /// What it is.
    public let reference: Reference
    /// Whose it is; nil for what analysts say.
    public let voice: Slug?
    /// The predicate, for claims.
    public let predicate: String?
    /// How it differs.
    public let kind: Kind
    /// Fields that were, where it was changed or is gone.
    public let before: [TrailEntry.Field]
    /// Fields that are, where it is new or was changed.
    public let after: [TrailEntry.Field]
    /// Why a claim was last changed or taken away, or what came of a dispute.
    public let reason: String?
    /// What kind of mistake of ours the last correction of a claim mended.
    public let correction: CorrectionKind?
  }

  /// How a thing differs.
  public enum Kind: String, Hashable, Sendable {
    case added, changed, removed
  }

  /// What differs, claims first, in the order of their numbers.
  public let entries: [Entry]

  /// Compares a case with itself at a later moment; nil stands for a case that is not there.
  public init(from old: Case?, to new: Case?) {
    guard let slug = new?.slug ?? old?.slug else {
      entries = []
      return
    }
    var entries: [Entry] = []
    func compare<Item, Content: Amendable>(
      _ kind: ItemReference.Kind, _ before: [Int: Item], _ after: [Int: Item],
      _ content: (Item) -> Content?, voice: (Item) -> Slug?, predicate: (Item) -> String?,
      because: (Item) -> (reason: String?, correction: CorrectionKind?) = { _ in (nil, nil) }
    ) {
      for number in Set(before.keys).union(after.keys).sorted() {
        let reference = Reference.item(ItemReference(slug, kind, number))
        let either = after[number] ?? before[number]
        guard
          let entry = Self.entry(
            reference, before[number].flatMap(content)?.fields,
            after[number].flatMap(content)?.fields,
            voice: either.flatMap(voice), predicate: either.flatMap(predicate),
            because: before[number] == nil ? nil : after[number].map(because))
        else { continue }
        entries.append(entry)
      }
    }
    if let entry = Self.entry(
      .file(slug), old.map(Self.face), new.map(Self.face), voice: nil, predicate: nil)
    {
      entries.append(entry)
    }
    for other in Set((old?.identities ?? [:]).keys).union((new?.identities ?? [:]).keys).sorted() {
      if let entry = Self.entry(
        .file(slug), old?.identities[other]?.content.fields,
        new?.identities[other]?.content.fields, voice: nil, predicate: nil)
      {
        entries.append(entry)
      }
    }
    compare(
      .claim, old?.claims ?? [:], new?.claims ?? [:],
      { $0.status == .current ? $0.content : nil }, voice: { $0.content.source },
      predicate: { $0.content.predicate }, because: { ($0.reason, $0.correction) })
    compare(
      .citation, old?.citations ?? [:], new?.citations ?? [:],
      { $0.isWithdrawn ? nil : $0.content }, voice: { $0.voice }, predicate: { _ in nil })
    compare(
      .dispute, old?.disputes ?? [:], new?.disputes ?? [:], { $0.isOpen ? $0.content : nil },
      voice: { _ in nil }, predicate: { _ in nil }, because: { ($0.resolution, nil) })
    compare(
      .conclusion, old?.conclusions ?? [:], new?.conclusions ?? [:],
      { $0.isWithdrawn ? nil : $0.content }, voice: { _ in nil },
      predicate: { $0.content.predicate })
    compare(
      .annotation, old?.annotations.all ?? [:], new?.annotations.all ?? [:],
      { $0.isWithdrawn ? nil : $0.content }, voice: { _ in nil }, predicate: { _ in nil })
    self.entries = entries
  }

  /// What differs between the fields that a thing had and has; nil when they are the same.
  static func entry(
    _ reference: Reference, _ old: JSONObject?, _ new: JSONObject?, voice: Slug?,
    predicate: String?, because: (reason: String?, correction: CorrectionKind?)? = nil
  ) -> Entry? {
    guard old != new else { return nil }
    let kind: Kind = old == nil ? .added : new == nil ? .removed : .changed
    var before = old.map { FieldTexts.all($0) } ?? []
    var after = new.map { FieldTexts.all($0) } ?? []
    if let old, let new { (before, after) = FieldTexts.differences(from: old, to: new) }
    return Entry(
      reference: reference, voice: voice, predicate: predicate, kind: kind, before: before,
      after: after, reason: because?.reason, correction: because?.correction)
  }

  /// What a case itself shows: its name and whether it is closed.
  private static func face(of file: Case) -> JSONObject {
    var fields = JSONObject()
    fields["name"] = file.name.map(JSON.string)
    fields["closed"] = .boolean(file.isClosed)
    return fields
  }
}
