import Casebook

/// The ids that a file gives to what a case holds: the id it was imported under, or else its own reference. What was
/// withdrawn or resolved has none, and neither has what hangs on it.
struct CaseIDs {
  private var ids: [ItemReference: String] = [:]
  private var taken: Set<String> = ["case"]
  private let slug: Slug

  /// The ids of everything in `file` that stands.
  init(_ file: Case) {
    slug = file.slug
    var items: [(ItemReference.Kind, Int, ImportMark?)] = []
    for claim in file.sortedClaims where claim.status == .current {
      items.append((.claim, claim.number, claim.mark))
    }
    for dispute in file.sortedDisputes where dispute.isOpen {
      let content = dispute.content
      guard file.claims[content.claim]?.status == .current else { continue }
      items.append((.dispute, dispute.number, dispute.mark))
    }
    for conclusion in file.standingConclusions {
      let own = conclusion.content.grounds.filter { $0.home == file.slug }
      guard own.allSatisfy({ file.claims[$0.number]?.status == .current }) else { continue }
      items.append((.conclusion, conclusion.number, conclusion.mark))
    }
    // Citations and annotations hang on one another; each comes after what it hangs on.
    var standing = Set(items.map { ItemReference(slug, $0.0, $0.1) })
    for citation in file.sortedCitations where !citation.isWithdrawn {
      guard case .claim(let number) = citation.content.target,
        standing.contains(ItemReference(slug, .claim, number))
      else { continue }
      standing.insert(ItemReference(slug, .citation, citation.number))
      items.append((.citation, citation.number, citation.mark))
    }
    for annotation in file.annotations.sorted where !annotation.isWithdrawn {
      if case .item(let item) = annotation.content.target, !standing.contains(item) { continue }
      standing.insert(ItemReference(slug, .annotation, annotation.number))
      items.append((.annotation, annotation.number, annotation.mark))
      for citation in file.citations(of: .annotation(annotation.number)) {
        standing.insert(ItemReference(slug, .citation, citation.number))
        items.append((.citation, citation.number, citation.mark))
      }
    }
    for (kind, number, mark) in items {
      if let mark { assign(mark.id, to: ItemReference(slug, kind, number)) }
    }
    for (kind, number, mark) in items where mark == nil {
      assign("\(kind.rawValue)\(number)", to: ItemReference(slug, kind, number))
    }
  }

  /// The id; nil when the thing does not stand.
  subscript(kind: ItemReference.Kind, number: Int) -> String? {
    ids[ItemReference(slug, kind, number)]
  }

  /// The id; nil when the thing does not stand.
  subscript(reference: ItemReference) -> String? { ids[reference] }

  /// All ids with what they stand for.
  var all: [String: ItemReference] {
    Dictionary(uniqueKeysWithValues: ids.map { ($0.value, $0.key) })
  }

  private mutating func assign(_ id: String, to reference: ItemReference) {
    var free = id
    var suffix = 2
    while !taken.insert(free).inserted {
      free = "\(id)-\(suffix)"
      suffix += 1
    }
    ids[reference] = free
  }
}
