import Analysis
import Casebook
import Testing

@Suite("Tabulations") struct TabulationTests {
  /// Anna is afraid and recalled, Boris not afraid, of Clara nothing is said.
  private func study() throws -> Study {
    var study = try Study()
    try study.claim("anna", "fear", "yes")
    try study.claim("anna", "recall", "ordered")
    try study.claim("boris", "fear", "no")
    return study
  }

  @Test("every case of the group is yes, no or silent, with the claims that decide")
  func cases() throws {
    let result = try study().results(try study().count("fear = yes"))[0]
    #expect(result.cases(.yes) == ["anna"])
    #expect(result.cases(.no) == ["boris"])
    #expect(result.cases(.silent) == ["clara"])
    let evidence = result.findings.map { $0.evidence.map(\.description) }
    #expect(evidence == [["anna/c1"], ["boris/c1"], []])
    #expect(result.findings.map(\.slug) == ["anna", "boris", "clara"])
  }

  @Test(
    "the verdict compares the count with those supported and those silent",
    arguments: [
      (0, TabulationContent.Bound.exactly, Verdict.over), (1, .exactly, .reproduced),
      (2, .exactly, .indeterminate), (3, .exactly, .short), (1, .atLeast, .reproduced),
      (0, .atLeast, .reproduced), (2, .atLeast, .indeterminate), (3, .atLeast, .short),
      (nil, .majority, .indeterminate), (3, .majority, .short), (nil, .all, .short),
      (nil, .almostAll, .indeterminate),
    ] as [(Int?, TabulationContent.Bound, Verdict)])
  func verdicts(_ count: Int?, _ bound: TabulationContent.Bound, _ verdict: Verdict) throws {
    let study = try study()
    #expect(try study.results(study.count("fear = yes", count, bound))[0].verdict == verdict)
  }

  @Test("almost all are all but one in ten, rounded up, and always a majority")
  func almostAll() throws {
    // anna and boris count, clara does not: two of three.
    var study = try Study()
    for person in ["anna", "boris"] as [Slug] { try study.claim(person, "fear", "yes") }
    try study.claim("clara", "fear", "no")
    #expect(try study.results(study.count("fear = yes", nil, .almostAll))[0].verdict == .reproduced)
    #expect(try study.results(study.count("fear = yes", nil, .all))[0].verdict == .short)
    #expect(try study.results(study.count("fear = no", nil, .almostAll))[0].verdict == .short)
    #expect(try study.results(study.count("fear = yes", 3, .all))[0].verdict == .short)
  }

  @Test("support that is only reported or hedged is counted apart")
  func hedged() throws {
    var study = try study()
    try study.claim("clara", "fear", "yes") {
      $0.stance = .reports
      $0.saidBy = "boris"
    }
    try study.claim("boris", "birth.date", "1900~")
    let results = try study.results(
      study.count("fear = yes", as: "one"), study.count("birth.date < 1901", as: "two"))
    #expect(results[0].cases(.yes) == ["anna", "clara"] && results[0].supportedHedged == 1)
    #expect(results[1].supportedHedged == 1)
    try study.claim("clara", "fear", "yes")
    #expect(try study.results(study.count("fear = yes"))[0].supportedHedged == 0)
  }

  @Test("cases that are taken for one count once, with the claims of all of them")
  func joined() throws {
    var study = try study()
    try study.claim("clara", "recall", "ordered")
    let contents = [
      study.count("fear = yes and recall = ordered", as: "both", yes: ["clara"]),
      study.count("recall = ordered", as: "recalled", of: .tabulation("both")),
    ]
    for content in contents { try study.perform(StateTabulation(content)) }
    var tabulator = try Tabulator(["both", "recalled"], in: study.state)
    tabulator.add(try ["clara", "boris"].map(study.state.caseFile))
    tabulator.add(try study.state.caseFile("anna"))
    let both = tabulator.results[0]
    // Boris alone was not afraid, of Clara alone it is not told; of the two the source says that they were not.
    #expect(both.findings.map(\.slugs) == [["anna"], ["boris", "clara"]])
    #expect(both.cases(.yes) == ["anna"] && both.cases(.no) == ["boris"])
    #expect(both.findings[1].evidence.map(\.description) == ["boris/c1"])
    #expect(both.disagreements.map(\.slug) == ["clara"])
    #expect(both.disagreements.map(\.found) == [.no])
    #expect(both.casesJoined == [["boris", "clara"]])
    #expect(tabulator.results[1].findings.map(\.slug) == ["anna"])
  }

  @Test("a tabulation can count among the cases of another; its silent ones may belong")
  func population() throws {
    var study = try study()
    try study.claim("clara", "recall", "ordered")
    let results = try study.results(
      study.count("fear = yes", as: "afraid"),
      study.count("recall = ordered", as: "recalled", of: .tabulation("afraid")))
    #expect(results[1].cases(.yes) == ["anna"])
    // Clara was recalled, but whether she was afraid is not told: she may not be one of them.
    #expect(results[1].cases(.silent) == ["clara"] && results[1].cases(.no) == [])
    #expect(results[1].findings.map(\.membership) == [.yes, .silent])
    #expect(results[1].verdict == .reproduced)
    let most = try study.results(
      study.count("fear = yes", as: "afraid"),
      study.count("recall = ordered", nil, .majority, as: "most", of: .tabulation("afraid")))
    #expect(most[1].verdict == .indeterminate)
  }

  @Test("members are those that the tabulation's own source counts")
  func members() throws {
    var study = try study()
    try study.perform(OpenCase(CaseContent(slug: "dora", kind: .person, name: nil)))
    try study.claim("all", "group.member", "dora") { $0.source = "paper" }
    try study.claim("dora", "fear", "yes")
    #expect(try study.results(study.count("fear = yes"))[0].findings.count == 3)
    try study.perform(WithdrawClaim(ItemReference("all/c1"), reason: "not she"))
    #expect(try study.results(study.count("fear = yes"))[0].cases(.yes) == [])
  }

  @Test("where the text names cases, it is said whether the claims agree")
  func named() throws {
    let study = try study()
    let agreeing = try study.results(study.count("fear = yes", yes: ["anna"], no: ["boris"]))[0]
    #expect(agreeing.disagreements.isEmpty)
    let differing = try study.results(
      study.count("fear = yes", yes: ["boris", "clara", "all"], no: ["anna"]))[0].disagreements
    #expect(differing.map(\.slug) == ["boris", "clara", "all", "anna"])
    #expect(differing.map(\.found) == [.no, .silent, nil, .yes])
  }

  @Test("a criterion that the vocabulary has outgrown is named, and what is not there refused")
  func refusals() throws {
    let study = try study()
    #expect(throws: Refusal.self) { try Tabulator(["nothing"], in: study.state) }
    let cases = try Tabulator.cases(
      neededFor: ["one"],
      in: {
        var study = study
        try study.perform(StateTabulation(study.count("friend = boris", as: "one")))
        return study.state
      }())
    #expect(cases.isSuperset(of: ["all", "boris"]))
  }
}
