public import Casebook

/// What a source's claims about one case, or about several that are taken for one, say to a tabulation.
public struct CaseFinding: Sendable {
  /// The cases that are taken for one, first the one that the source counts first.
  public let slugs: [Slug]
  /// The case, or the first of them.
  public var slug: Slug { slugs[0] }
  /// Whether it belongs to the cases that are counted. It never is `no`: such a case is not looked at.
  public let membership: Outcome
  /// Whether it counts.
  public let outcome: Outcome
  /// Whether what decides is asserted by the source without a hedge.
  public let isFirm: Bool
  /// The claims that decide.
  public let evidence: [ItemReference]
  /// Each condition of the criterion, in the order in which it is written.
  public let conditions: [ConditionFinding]
}

extension CaseFinding {
  /// Puts the criterion to a case that belongs to the population, as far as `member` tells.
  init(
    _ criterion: Criterion, member: Answer, source: Slug, of slugs: [Slug], in files: [Case]
  ) {
    var conditions: [ConditionFinding] = []
    let answer = criterion.formula.answer { condition in
      let finding = ConditionFinding(condition, source: source, in: files)
      conditions.append(finding)
      return Answer(finding)
    }
    // It counts when it belongs and fits.
    let joined = Answer.all([Answer(outcome: member.outcome, isFirm: member.isFirm), answer])
    self.slugs = slugs
    membership = member.outcome
    outcome = joined.outcome
    isFirm = joined.isFirm
    evidence = (joined.outcome == .silent ? answer : joined).claims.sorted {
      ($0.home, $0.number) < ($1.home, $1.number)
    }
    self.conditions = conditions
  }

  /// Whether the case counts, as another tabulation asks that counts among these cases.
  var answer: Answer { Answer(outcome: outcome, isFirm: isFirm) }
}

/// An outcome with what it rests on.
struct Answer {
  var outcome: Outcome
  var isFirm: Bool
  var claims: Set<ItemReference> = []

  /// All of them: no if one is no, else silent if one is. What decides is kept; while nothing does, what is known so far.
  static func all(_ answers: [Answer]) -> Answer {
    joined(answers, decidedBy: .no, otherwise: .yes)
  }

  /// One of them: yes if one is yes, else silent if one is.
  static func any(_ answers: [Answer]) -> Answer {
    joined(answers, decidedBy: .yes, otherwise: .no)
  }

  private static func joined(
    _ answers: [Answer], decidedBy decisive: Outcome, otherwise: Outcome
  ) -> Answer {
    let deciding = answers.filter { $0.outcome == decisive }
    if !deciding.isEmpty {
      return Answer(
        outcome: decisive, isFirm: deciding.contains(where: \.isFirm), claims: claims(deciding))
    }
    let isSilent = answers.contains { $0.outcome == .silent }
    return Answer(
      outcome: isSilent ? .silent : otherwise, isFirm: answers.allSatisfy(\.isFirm),
      claims: claims(answers))
  }

  private static func claims(_ answers: [Answer]) -> Set<ItemReference> {
    answers.reduce(into: []) { $0.formUnion($1.claims) }
  }
}

extension Answer {
  init(_ finding: ConditionFinding) {
    self.init(
      outcome: finding.outcome, isFirm: finding.isFirm, claims: Set(finding.deciding))
  }
}

extension Formula {
  /// The answer to the whole, given that to each condition. Every condition is asked.
  func answer(_ ask: (Leaf) -> Answer) -> Answer {
    switch self {
    case .condition(let leaf): return ask(leaf)
    case .not(let part):
      var answer = part.answer(ask)
      answer.outcome = answer.outcome.negated
      return answer
    case .all(let parts): return .all(parts.map { $0.answer(ask) })
    case .any(let parts): return .any(parts.map { $0.answer(ask) })
    }
  }
}
