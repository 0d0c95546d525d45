public import Casebook

/// What a change of one claim would change in what follows from it: the folds with and without the change, compared.
///
/// Give it every case of the casebook, one after the other, in any order.
public struct Impact: Sendable {
  /// The claim.
  public let claim: ItemReference
  /// What is supposed of it.
  public let supposition: Supposition
  /// The claim's case as it is.
  public let before: Case
  /// The same as it would be.
  public let after: Case
  /// Each predicate that the sources of the case stand otherwise to each other in, or that has other origins.
  public let comparisons: [ComparisonImpact]
  /// Conclusions that rest on the claim, with their cases.
  public private(set) var conclusions: [(file: Case, conclusion: Conclusion)] = []

  private var now: Tabulator
  private var then: Tabulator

  /// Supposes something of a claim.
  ///
  /// - Parameters:
  ///   - supposition: what is supposed of it.
  ///   - claim: the claim.
  ///   - tabulations: counts that its source states; those that cannot be evaluated are left out before.
  ///   - state: the casebook with the claim's case and those that ``Tabulator/cases(neededFor:in:)`` names.
  /// - Throws: `Refusal` when the claim is not there or cannot say that; `EvolveError`.
  public init(
    of supposition: Supposition, on claim: ItemReference, tabulations: [Slug],
    in state: CasebookState
  ) throws {
    let next = try supposition.applied(to: claim, in: state)
    self.claim = claim
    self.supposition = supposition
    before = try state.caseFile(claim.home)
    after = try next.caseFile(claim.home)
    now = try Tabulator(tabulations, in: state)
    then = try Tabulator(tabulations, in: next)
    comparisons = ComparisonImpact.all(
      from: CaseComparison(before, in: state), to: CaseComparison(after, in: next))
  }

  /// Takes in the next case.
  public mutating func add(_ file: Case) {
    let isOwn = file.slug == claim.home
    now.add(isOwn ? before : file)
    then.add(isOwn ? after : file)
    conclusions += file.standingConclusions
      .filter { $0.content.grounds.contains(claim) }.map { (file, $0) }
  }

  /// The counts that would come out otherwise, in the order in which they are stated.
  public var tabulations: [TabulationImpact] {
    zip(now.results, then.results).compactMap { TabulationImpact(before: $0, after: $1) }
  }

  /// Whether nothing would change.
  public var isNothing: Bool {
    comparisons.isEmpty && conclusions.isEmpty && tabulations.isEmpty
  }
}

/// How sources stand to each other in one predicate, before and after a change.
public struct ComparisonImpact: Sendable {
  /// The predicate.
  public let predicate: Predicate
  /// How it is; nil when nothing is said yet.
  public let before: PredicateComparison?
  /// How it would be; nil when nothing would be said any more.
  public let after: PredicateComparison?

  static func all(from old: CaseComparison, to new: CaseComparison) -> [ComparisonImpact] {
    let predicates = old.predicates.map(\.predicate)
    let added = new.predicates.map(\.predicate).filter { one in
      !predicates.contains { $0.id == one.id }
    }
    return (predicates + added).compactMap { predicate in
      let before = old.predicates.first { $0.predicate.id == predicate.id }
      let after = new.predicates.first { $0.predicate.id == predicate.id }
      let isSame =
        before?.relation == after?.relation && before?.selfConflicts == after?.selfConflicts
        && before?.origins.voices == after?.origins.voices
        && before?.origins.count == after?.origins.count
      return isSame
        ? nil : ComparisonImpact(predicate: predicate, before: before, after: after)
    }
  }
}

/// What a source's count comes to, before and after a change.
public struct TabulationImpact: Sendable {
  /// A case that is counted otherwise.
  public struct Move: Hashable, Sendable {
    /// The case.
    public let slug: Slug
    /// How it is counted; nil when it is not among the cases counted.
    public let before: Outcome?
    /// How it would be.
    public let after: Outcome?
    /// Whether it is only by what the source reports or hedges that it would count, or counts no more.
    public let changesFirmness: Bool
  }

  /// What it comes to.
  public let before: TabulationResult
  /// What it would come to.
  public let after: TabulationResult
  /// The cases that are counted otherwise.
  public let moves: [Move]

  /// Compares two results of one count; nil when no case is counted otherwise.
  init?(before: TabulationResult, after: TabulationResult) {
    let old = Dictionary(before.findings.map { ($0.slug, $0) }) { first, _ in first }
    let new = Dictionary(after.findings.map { ($0.slug, $0) }) { first, _ in first }
    moves = Set(old.keys).union(new.keys).sorted().compactMap { slug in
      let (was, will) = (old[slug], new[slug])
      let isFirm = was?.outcome == .yes && will?.outcome == .yes && was?.isFirm != will?.isFirm
      guard was?.outcome != will?.outcome || isFirm else { return nil }
      return Move(
        slug: slug, before: was?.outcome, after: will?.outcome, changesFirmness: isFirm)
    }
    guard !moves.isEmpty else { return nil }
    self.before = before
    self.after = after
  }
}
