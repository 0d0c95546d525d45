import Casebook

/// What of a case a document shows: all of it, or what hangs, by however many steps, on the claims of one source.
struct CaseShown {
  private let file: Case
  private let only: Slug?

  init(_ document: CaseDocument) {
    self.init(document.file, only: document.source)
  }

  init(_ file: Case, only: Slug?) {
    self.file = file
    self.only = only
  }

  func contains(_ reference: ItemReference) -> Bool {
    guard let only else { return true }
    switch reference.kind {
    case .claim:
      return file.claims[reference.number]?.content.source == only
    case .citation:
      switch file.citations[reference.number]?.content.target {
      case .claim(let number): return contains(ItemReference(file.slug, .claim, number))
      case .annotation(let number): return contains(ItemReference(file.slug, .annotation, number))
      case nil: return false
      }
    case .annotation:
      return file.annotations[reference.number].map { contains($0.content.target) } ?? false
    case .dispute:
      return file.disputes[reference.number].map {
        contains(ItemReference(file.slug, .claim, $0.content.claim))
      } ?? false
    case .conclusion:
      return false
    }
  }

  /// Whether it is a claim of this case that is shown and not withdrawn.
  func isStanding(_ reference: ItemReference) -> Bool {
    reference.home == file.slug && contains(reference)
      && file.claims[reference.number]?.status == .current
  }

  func contains(_ target: Reference) -> Bool {
    if case .item(let item) = target { contains(item) } else { only == nil }
  }
}
