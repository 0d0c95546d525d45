public import Casebook

/// What the sources say of one case, predicate by predicate, side by side.
public struct CaseComparison: Sendable {
  /// The case, or those that are taken for one.
  public let files: [Case]
  /// The predicates of which anything is said, in the vocabulary's order.
  public let predicates: [PredicateComparison]

  /// Compares the claims of a case, or of several that are taken for one.
  ///
  /// - Parameters:
  ///   - files: the cases.
  ///   - state: the casebook with its vocabulary and its sources.
  public init(_ files: Case..., in state: CasebookState) { self.init(files, in: state) }

  /// The same of cases in a list.
  public init(_ files: [Case], in state: CasebookState) {
    self.files = files
    var readings: [String: [ComparedClaim]] = [:]
    for file in files {
      for claim in file.sortedClaims where claim.status == .current {
        readings[claim.content.predicate, default: []].append(
          ComparedClaim(claim, in: file))
      }
    }
    predicates = (state.register?.vocabulary ?? []).compactMap { entry in
      readings[entry.predicate.id].map {
        PredicateComparison(entry.predicate, $0, state.sources)
      }
    }
  }

  /// How many predicates stand in this relation.
  public func count(_ relation: Relation) -> Int { predicates.count { $0.relation == relation } }
}
