public import Casebook

extension CasebookStore {
  /// The cases that analysts hold to be one with another, each with all of them, in alphabetical order; the others are
  /// not among them. Every case belongs to one group only.
  public func casesJoined(on ground: View) async throws -> [Slug: [Case]] {
    var judged: Set<Slug> = []
    _ = try await forEachCase(at: ground.basis, ground.voices) { _, file in
      if file.identities.values.contains(where: { $0.content.judgement == .same }) {
        judged.insert(file.slug)
      }
    }
    let state = try await view(of: judged, at: ground.basis, ground.voices).state
    var groups: [Slug: [Case]] = [:]
    for slug in judged.sorted() where groups[slug] == nil {
      let files = state.casesJoined(with: slug).filter { groups[$0] == nil }
        .compactMap { state.cases[$0] }
      for file in files { groups[file.slug] = files }
    }
    return groups
  }
}
