import Analysis
import Casebook
import Testing

@Suite("What a change would change") struct ImpactTests {
  /// Anna is afraid, says the book in c1 and again in c2; not so the paper in c3. Boris is afraid.
  private func study() throws -> Study {
    var study = try Study()
    try study.claim("anna", "fear", "yes")
    try study.claim("anna", "fear", "yes")
    try study.claim(in: "paper", "fear", "no")
    try study.claim("boris", "fear", "yes")
    return study
  }

  private func impact(
    of supposition: Supposition, on claim: String, in study: Study, _ counts: TabulationContent...
  ) throws -> Impact {
    var study = study
    for count in counts { try study.perform(StateTabulation(count)) }
    var impact = try Impact(
      of: supposition, on: ItemReference(claim), tabulations: counts.map(\.id), in: study.state)
    for file in study.state.cases.values.sorted(by: { $0.slug < $1.slug }) { impact.add(file) }
    return impact
  }

  /// How cases are counted, and how they would be.
  private func texts(_ moves: [TabulationImpact.Move]) -> [String] {
    moves.map { move in
      let (before, after) = (move.before?.rawValue ?? "nil", move.after?.rawValue ?? "nil")
      return "\(move.slug): \(before), then \(after)" + (move.changesFirmness ? " in doubt" : "")
    }
  }

  @Test("without the only claim that decides, a case is silent and a conflict single")
  func withdrawn() throws {
    var study = try study()
    try study.perform(WithdrawClaim(ItemReference("anna/c2"), reason: "so"))
    let found = try impact(
      of: .withdrawn, on: "anna/c1", in: study, study.count("fear = yes", 2),
      study.count("fear = yes", 1, as: "other"), study.count("height > 1", 1, as: "height"))
    #expect(found.tabulations.map(\.before.content.id) == ["count", "other"])
    let first = try #require(found.tabulations.first)
    #expect(first.before.verdict == .reproduced && first.after.verdict == .indeterminate)
    #expect(texts(first.moves) == ["anna: yes, then silent"])
    #expect(found.comparisons.map(\.predicate.id) == ["fear"])
    #expect(found.comparisons[0].before?.relation == .conflict)
    #expect(found.comparisons[0].after?.relation == .single)
    #expect(!found.isNothing)
  }

  @Test("where another claim says the same, nothing changes")
  func doubled() throws {
    let study = try study()
    let found = try impact(
      of: .withdrawn, on: "anna/c1", in: study, study.count("fear = yes", 2))
    #expect(found.isNothing)
  }

  @Test("a hedged claim that is left makes a case count only by what is hedged")
  func firmness() throws {
    var study = try Study()
    try study.claim("anna", "fear", "yes")
    try study.claim("anna", "fear", "yes") { $0.hedge = "perhaps" }
    let found = try impact(
      of: .withdrawn, on: "anna/c1", in: study, study.count("fear = yes"))
    #expect(texts(found.tabulations.flatMap(\.moves)) == ["anna: yes, then yes in doubt"])
  }

  @Test("a correction to a value, and a claim that stands again")
  func others() throws {
    var study = try study()
    let corrected = try impact(
      of: .corrected(to: "yes"), on: "anna/c3", in: study, study.count("fear = yes"))
    #expect(corrected.comparisons.map(\.after?.relation) == [.agree])
    #expect(corrected.tabulations.isEmpty)
    try study.perform(WithdrawClaim(ItemReference("boris/c1"), reason: "so"))
    let again = try impact(
      of: .reinstated, on: "boris/c1", in: study, study.count("fear = yes"))
    #expect(texts(again.tabulations.flatMap(\.moves)) == ["boris: silent, then yes"])
    #expect(again.comparisons.map(\.before?.relation) == [nil])
    #expect(throws: Refusal.self) {
      try impact(of: .corrected(to: "maybe"), on: "anna/c1", in: study)
    }
    #expect(throws: Refusal.self) { try impact(of: .withdrawn, on: "anna/c9", in: study) }
  }

  @Test("a member that is taken out of a group is counted no more")
  func members() throws {
    let study = try study()
    let found = try impact(of: .withdrawn, on: "all/c2", in: study, study.count("fear = yes", 2))
    #expect(texts(found.tabulations.flatMap(\.moves)) == ["boris: yes, then nil"])
  }

  @Test("the conclusions that rest on it, in whatever case")
  func conclusions() throws {
    var study = try study()
    for (slug, ground): (Slug, String) in [
      ("anna", "anna/c1"), ("boris", "anna/c1"), ("boris", "boris/c1"),
    ] {
      var adopted = ClaimDraft(predicate: "fear")
      adopted.state = .unknown
      try study.perform(
        DrawConclusion(
          slug, ConclusionDraft(adopted, on: [ItemReference(ground)], basis: "so")))
    }
    let found = try impact(of: .withdrawn, on: "anna/c1", in: study)
    #expect(found.conclusions.map(\.file.slug) == ["anna", "boris"])
    #expect(found.conclusions.map(\.conclusion.number) == [1, 1])
  }

  @Test("cases that are taken for one are compared as one")
  func joined() throws {
    var study = try Study()
    try study.claim("anna", "fear", "yes")
    try study.claim("boris", "fear", "no") { $0.source = "paper" }
    let files = [try study.state.caseFile("anna"), try study.state.caseFile("boris")]
    let comparison = CaseComparison(files, in: study.state)
    #expect(comparison.predicates.map(\.relation) == [.conflict])
    let readings = comparison.predicates[0].sources.flatMap(\.readings)
    #expect(readings.map(\.reference.description) == ["anna/c1", "boris/c1"])
    #expect(comparison.predicates[0].origins.count == 2)
    #expect(CaseComparison(files[0], in: study.state).predicates.map(\.relation) == [.single])
  }
}
