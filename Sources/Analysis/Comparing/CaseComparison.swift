public import Casebook

/// What the sources say of one case, predicate by predicate, side by side.
public struct CaseComparison: Sendable {
  /// The case.
  public let slug: Slug
  /// The predicates of which anything is said, in the vocabulary's order.
  public let predicates: [PredicateComparison]

  /// Compares the claims of a case.
  ///
  /// - Parameters:
  ///   - file: the case.
  ///   - state: the casebook with its vocabulary and its sources.
  public init(_ file: Case, in state: CasebookState) {
    slug = file.slug
    let used = Set(file.claims.values.filter { $0.status == .current }.map(\.content.predicate))
    let vocabulary = (state.register?.vocabulary ?? []).map(\.predicate)
    predicates = vocabulary.filter { used.contains($0.id) }.map {
      PredicateComparison($0, file, state.sources)
    }
  }

  /// How many predicates stand in this relation.
  public func count(_ relation: Relation) -> Int { predicates.count { $0.relation == relation } }
}
