import Analysis
import Casebook
import CasebookStore
import Terminal

extension View {
  /// What a change of a claim would change: conclusions, comparisons, counts.
  func page(_ impact: Impact, width: Int) -> Page {
    var page = Page(width: width)
    page.add(left: "\("\(impact.claim)", .strong)  impact", right: basisTag)
    addBasisNotes(to: &page)
    if let claim = impact.before.claims[impact.claim.number] {
      page.add(
        "\(claim.content.predicate)  " + ClaimLayout.says(claim, in: impact.before)
          + "  \("\(claim.content.source), \(claim.content.locator)", .faint)")
    }
    page.add(impact.supposition.words)
    if impact.isNothing {
      page.gap()
      page.add("No conclusion rests on it, and no comparison and no count would change.")
    }
    add(impact.conclusions, to: &page)
    add(impact.comparisons, to: &page)
    add(impact.tabulations, to: &page)
    return page
  }

  private func add(_ conclusions: [(file: Case, conclusion: Conclusion)], to page: inout Page) {
    guard !conclusions.isEmpty else { return }
    page.gap()
    page.add("\("conclusions", .strong)  \("would be stale, by a dispute too", .faint)")
    for (file, conclusion) in conclusions {
      page.add(
        "\("\(file.slug)/k\(conclusion.number)", .strong)  \(conclusion.content.predicate)  "
          + Self.says(conclusion.content), indent: 2, hanging: 2)
    }
  }

  private func add(_ comparisons: [ComparisonImpact], to page: inout Page) {
    guard !comparisons.isEmpty else { return }
    page.gap()
    page.add("\("comparisons", .strong)")
    for comparison in comparisons {
      page.add(
        "\(comparison.predicate.id, .strong)  \(Self.words(comparison.before)) → \(Self.words(comparison.after))",
        indent: 2, hanging: 2)
    }
  }

  private static func words(_ comparison: PredicateComparison?) -> String {
    guard let comparison else { return "nothing said" }
    let relation = comparison.relation == .none ? "not asserted" : comparison.relation.rawValue
    return "\(relation) (\(comparison.origins.words))"
  }

  private func add(_ tabulations: [TabulationImpact], to page: inout Page) {
    guard !tabulations.isEmpty else { return }
    page.gap()
    page.add("\("counts", .strong)")
    for tabulation in tabulations {
      let content = tabulation.before.content
      page.add(
        "\(content.id, .strong)  stated \(content.stated)  \(Self.words(tabulation.before)) → \(Self.words(tabulation.after))",
        indent: 2, hanging: 2)
      for move in tabulation.moves {
        let change =
          move.changesFirmness
          ? "yes, firmly or only as reported or hedged: this changes"
          : "\(Self.words(move.before)) → \(Self.words(move.after))"
        page.add("\(move.slug)  \(change)", indent: 4, hanging: 2)
      }
    }
  }

  private static func words(_ outcome: Outcome?) -> String {
    outcome?.rawValue ?? "not among the cases"
  }

  private static func words(_ result: TabulationResult) -> StyledText {
    "\(result.cases(.yes).count) yes, \(result.cases(.no).count) no, \(result.cases(.silent).count) silent: "
      + result.verdict.styled
  }
}

extension Supposition {
  /// What is supposed, in a line.
  fileprivate var words: StyledText {
    switch self {
    case .withdrawn: "supposing that it were withdrawn"
    case .reinstated: "supposing that it stood again"
    case .corrected(let value): StyledText.labelled("supposing that it said", value, .strong)
    }
  }
}
