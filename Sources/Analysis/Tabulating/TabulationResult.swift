public import Casebook

/// A count that a source states, beside what its claims about each case say.
public struct TabulationResult: Sendable {
  /// What is stated.
  public let content: TabulationContent
  /// Every case that is or may be counted, in the order in which its group names it.
  public let findings: [CaseFinding]
  /// Whether the claims bear the count out.
  public let verdict: Verdict

  init(_ content: TabulationContent, _ findings: [CaseFinding]) {
    self.content = content
    self.findings = findings
    let count = { (outcome: Outcome) in findings.count { $0.outcome == outcome } }
    let possible = findings.count { $0.membership == .silent }
    verdict = Verdict(
      (content.count, content.bound), yes: count(.yes), silent: count(.silent),
      members: findings.count - possible, possible: possible)
  }

  /// The cases with this outcome.
  public func cases(_ outcome: Outcome) -> [Slug] {
    findings.filter { $0.outcome == outcome }.map(\.slug)
  }

  /// How many cases count only by what the source reports or hedges.
  public var supportedHedged: Int { findings.count { $0.outcome == .yes && !$0.isFirm } }

  /// The cases counted once that are taken for one, each time all of them.
  public var casesJoined: [[Slug]] { findings.map(\.slugs).filter { $0.count > 1 } }

  /// A case that the text itself counts in or out, of which the claims do not say so.
  public struct Disagreement: Sendable {
    /// The case.
    public let slug: Slug
    /// How the text counts it.
    public let named: Outcome
    /// What the claims say; nil when they do not have it among the cases counted.
    public let found: Outcome?
  }

  /// The cases that the text itself counts in or out of which the claims say otherwise, or nothing.
  public var disagreements: [Disagreement] {
    let found = Dictionary(
      findings.flatMap { finding in finding.slugs.map { ($0, finding.outcome) } }
    ) { first, _ in first }
    let named = content.namedYes.map { ($0, Outcome.yes) } + content.namedNo.map { ($0, .no) }
    return named.compactMap { slug, outcome in
      found[slug] == outcome
        ? nil : Disagreement(slug: slug, named: outcome, found: found[slug])
    }
  }
}
