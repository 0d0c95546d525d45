extension CasebookState {
  /// The cases that analysts hold to be one with `slug`, itself first, the others in alphabetical order: by one judgement
  /// or by several in a row. A case that is held to be another than `slug` is not among them.
  ///
  /// - Parameter slug: the case.
  /// - Returns: the cases; those that are not loaded are among them, but not what hangs on those.
  public func casesJoined(with slug: Slug) -> [Slug] {
    var joined: Set<Slug> = [slug]
    var waiting = [slug]
    while let next = waiting.popLast() {
      for (other, identity) in cases[next]?.identities ?? [:]
      where identity.content.judgement == .same
        && cases[slug]?.identities[other]?.content.judgement != .different
        && joined.insert(other).inserted
      {
        waiting.append(other)
      }
    }
    return [slug] + joined.subtracting([slug]).sorted()
  }
}
