import Casebook

// MARK: What the files were written from

extension ImportPlanner {
  /// What the case holds, by the ids of the files.
  mutating func index(of slug: Slug) -> CaseIndex {
    if let known = indexes[slug] { return known }
    let index = CaseIndex(
      before.cases[slug], exported: exported?.cases[slug], takenBack: takenBack)
    indexes[slug] = index
    return index
  }

  func sinceExport(_ claim: Claim, of slug: Slug) -> SinceExport {
    let then = exported?.cases[slug]?.claims[claim.number]
    return SinceExport(then?.status == .current ? then?.content : nil, claim.content)
  }

  func sinceExport(_ citation: Citation, of slug: Slug) -> SinceExport {
    let then = exported?.cases[slug]?.citations[citation.number]
    return SinceExport(then?.isWithdrawn == false ? then?.content : nil, citation.content)
  }

  func sinceExport(_ annotation: Annotation, of slug: Slug) -> SinceExport {
    let then = exported?.cases[slug]?.annotations[annotation.number]
    return SinceExport(then?.isWithdrawn == false ? then?.content : nil, annotation.content)
  }
}
