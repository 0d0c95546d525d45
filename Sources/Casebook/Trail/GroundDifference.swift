import StrictJSON

/// What differs between two moments outside the cases: in the vocabulary, in the counts that sources state, in who has
/// access, in the sources, and in what analysts say of those.
public struct GroundDifference: Sendable {
  /// What differs in the casebook's own stream.
  public let casebook: [CaseDifference.Entry]
  /// What differs in each source, in the order of their short names.
  public let sources: [(slug: Slug, entries: [CaseDifference.Entry])]

  /// Compares a casebook with itself at a later moment. Where no analyst is heard, only what sources say is compared.
  public init(from old: CasebookState, to new: CasebookState) {
    let hearsAnalysts = new.voices.includesAnalysts
    var own: [CaseDifference.Entry?] = []
    if hearsAnalysts {
      own = Self.merged(
        old.register?.vocabulary.map(\.predicate) ?? [],
        new.register?.vocabulary.map(\.predicate) ?? [], by: \.id
      ).map { id, before, after in
        CaseDifference.entry(
          .file(.casebook), before?.fields, after?.fields, voice: nil, predicate: id)
      }
    }
    own += Self.merged(
      Self.standing(old.register), Self.standing(new.register), by: \.id
    ).map { id, before, after in
      CaseDifference.entry(
        .tabulation(id), before?.fields, after?.fields, voice: (after ?? before)?.source,
        predicate: nil)
    }
    own += Self.merged(
      old.register?.members.map(\.content) ?? [], new.register?.members.map(\.content) ?? [],
      by: { JSON.string($0.role) }
    ).map { _, before, after in
      CaseDifference.entry(
        .file(.casebook), before.map(Self.face), after.map(Self.face), voice: nil, predicate: nil)
    }
    own += Self.annotations(
      .casebook, old.register?.annotations, new.register?.annotations, hearsAnalysts)
    casebook = own.compactMap(\.self)
    sources = Set(old.sources.keys).union(new.sources.keys).sorted().compactMap { slug in
      guard hearsAnalysts else { return nil }
      let (before, after) = (old.sources[slug], new.sources[slug])
      var entries = [
        CaseDifference.entry(
          .file(slug), before.map(Self.face), after.map(Self.face), voice: nil,
          predicate: nil)
      ]
      entries += Self.annotations(slug, before?.annotations, after?.annotations, true)
      let found = entries.compactMap(\.self)
      return found.isEmpty ? nil : (slug, found)
    }
  }

  /// What a source itself shows: its registration with its grade, its copies and what it derives from.
  private static func face(of source: Source) -> JSONObject {
    var fields = source.content.fields
    fields["grade"] = source.grade.map { .string($0.content.rawValue) }
    for copy in source.copies {
      fields["copy \(copy.content.id)"] = .string(copy.content.description)
    }
    for derivation in source.derivations {
      fields["derives from \(derivation.content.from)"] =
        .string(derivation.content.locator ?? "yes")
    }
    return fields
  }

  /// What somebody may do; the name stands with it, so that it is there when only the access differs.
  private static func face(of member: AccessContent) -> JSONObject {
    JSONObject([("access of \(member.role)", .string(member.access.rawValue))])
  }

  private static func standing(_ register: Register?) -> [TabulationContent] {
    (register?.tabulations ?? []).filter { !$0.isWithdrawn }.map(\.content)
  }

  private static func annotations(
    _ home: Slug, _ old: Annotations?, _ new: Annotations?, _ areHeard: Bool
  ) -> [CaseDifference.Entry?] {
    guard areHeard else { return [] }
    let standing = { (annotations: Annotations?) in
      (annotations?.all ?? [:]).filter { !$0.value.isWithdrawn }.mapValues(\.content.fields)
    }
    let (before, after) = (standing(old), standing(new))
    return Set(before.keys).union(after.keys).sorted().map { number in
      CaseDifference.entry(
        .item(ItemReference(home, .annotation, number)), before[number], after[number], voice: nil,
        predicate: nil)
    }
  }

  /// The things of two lists by what tells them apart, those of the second list first in its order.
  private static func merged<Thing, Key: Hashable>(
    _ old: [Thing], _ new: [Thing], by key: (Thing) -> Key
  ) -> [(Key, Thing?, Thing?)] {
    let before = Dictionary(old.map { (key($0), $0) }) { first, _ in first }
    let after = Dictionary(new.map { (key($0), $0) }) { first, _ in first }
    let keys = new.map(key) + old.map(key).filter { after[$0] == nil }
    return keys.map { ($0, before[$0], after[$0]) }
  }
}
