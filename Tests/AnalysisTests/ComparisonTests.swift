import Analysis
import Casebook
import Testing

@Suite("Comparing sources") struct ComparisonTests {
  private func relation(
    _ predicate: String, _ book: [String], _ paper: [String]
  ) throws -> Relation {
    var study = try Study()
    for value in book { try study.claim(in: "book", predicate, value) }
    for value in paper { try study.claim(in: "paper", predicate, value) }
    return try study.comparison(predicate).relation
  }

  @Test(
    "one true value: agree, compatible, conflict, self-conflict, single",
    arguments: [
      (["1937-07-16"], ["1937-07-16"], Relation.agree), (["1937-07"], ["1937-07-16"], .compatible),
      (["1937-07"], ["1937-08"], .conflict), (["1937"], [], .single),
      (["1937", "1938"], [], .selfConflict), (["1937", "1937-07"], [], .single),
      (["1937", "1938"], ["1938"], .selfConflict), (["1937", "1938"], ["1939"], .conflict),
      (["1937", "1937-07-16"], ["1937-07-16"], .agree), (["1937~"], ["1937"], .agree),
    ])
  func functional(_ book: [String], _ paper: [String], _ expected: Relation) throws {
    #expect(try relation("birth.date", book, paper) == expected)
  }

  @Test(
    "lists are compared as sets: what one leaves out is no conflict",
    arguments: [
      (["major", "captain"], ["Captain", "major"], Relation.agree),
      (["major", "captain"], ["major"], .compatible), (["major"], ["captain"], .compatible),
      (["major", "captain"], [], .single),
    ])
  func lists(_ book: [String], _ paper: [String], _ expected: Relation) throws {
    #expect(try relation("rank", book, paper) == expected)
  }

  @Test(
    "dates are compared by the days that they can mean",
    arguments: [
      ("[1927,1929]", "1928", Relation.conflict), ("156X-12-25", "1563-06-01", .conflict),
      ("1560-XX-25", "1560-03-24", .conflict), ("19X7", "1928", .conflict),
      ("1937-XX-31", "1937-04", .conflict), ("{1920,1930}", "1925", .conflict),
      ("1937-07-16T10:00:00Z", "1937-07-16T22:00:00Z", .conflict),
      ("1937-07-16T23:00:00Z", "1937-07-17T01:00:00+02:00", .agree),
      ("[1927,1928]", "[1928,1929]", .compatible), ("1928-01/1928-04", "1928-21", .compatible),
      ("1928~", "1927", .compatible), ("1928~", "1931", .conflict),
      ("1870-04-10 O.S.", "1870-04-22", .agree), ("1870-04-10 O.S.", "1870-04-10", .conflict),
    ])
  func dates(_ book: String, _ paper: String, _ expected: Relation) throws {
    #expect(try relation("birth.date", [book], [paper]) == expected)
    #expect(try relation("birth.date", [paper], [book]) == expected)
  }

  @Test("that only “about” lets both be true is told")
  func about() throws {
    for (paper, expected) in [("1927", true), ("1928-05", false), ("1931", false)] {
      var study = try Study()
      try study.claim(in: "book", "birth.date", "1928~")
      try study.claim(in: "paper", "birth.date", paper)
      #expect(try study.comparison("birth.date").isOnlyByAbout == expected, "\(paper)")
    }
  }

  @Test(
    "a denial excludes whatever says the same or more, in one source or in two",
    arguments: [
      ("birth.date", "1919-02-13", "1919", Relation.conflict),
      ("birth.date", "1935", "193X", .conflict), ("birth.date", "1919", "1919-02-13", .compatible),
      ("birth.date", "1928~", "1928", .compatible),
      ("birth.place", "Omsk, Siberia", "Siberia", .conflict),
      ("birth.place", "Siberia", "Omsk, Siberia", .compatible),
      ("birth.place", "Kiev", "Siberia", .compatible),
      ("city", "Omsk, Siberia", "Siberia", .conflict),
      ("name", "Petr S. Derjabin", "Deryabin", .conflict),
      ("name", "Deryabin", "Petr S. Derjabin", .compatible),
      ("rank", "major", "major general", .compatible),
    ])
  func denials(
    _ predicate: String, _ value: String, _ denied: String, _ expected: Relation
  ) throws {
    for source in ["paper", "book"] {
      var study = try Study()
      try study.claim(in: "book", predicate, value)
      try study.claim(in: source, predicate, denied) { $0.isNegative = true }
      let alone: Relation = expected == .conflict ? .selfConflict : .single
      #expect(
        try study.comparison(predicate).relation == (source == "paper" ? expected : alone))
    }
  }

  @Test("yes against no; a denied member of a list; none against some")
  func opposites() throws {
    #expect(try relation("fear", ["yes"], ["no"]) == .conflict)
    var study = try Study()
    try study.claim(in: "book", "fear", "yes")
    try study.claim(in: "paper", "fear", "no") { $0.isNegative = true }
    try study.claim(in: "book", "rank", "major")
    try study.claim(in: "book", "rank", "lieutenant colonel") { $0.isNegative = true }
    try study.claim(in: "paper", "rank", "lieutenant colonel")
    try study.claim(in: "book", "friend", nil) { $0.state = .noValue }
    try study.claim(in: "paper", "friend", nil) { $0.state = .someValue }
    try study.claim(in: "book", "height", nil) { $0.state = .unknown }
    try study.claim(in: "paper", "height", "170")
    try study.claim(in: "book", "city", "Kiev")
    try study.claim(in: "book", "city", "Kiev") { $0.isNegative = true }
    for (predicate, expected) in [
      ("fear", Relation.agree), ("rank", .conflict), ("friend", .conflict),
      ("height", .compatible), ("city", .selfConflict),
    ] {
      #expect(try study.comparison(predicate).relation == expected, "\(predicate)")
    }
    #expect(try study.comparison("city").selfConflicts == ["book"])
    // None at one time, some at another.
    try study.claim(in: "book", "recall", nil) { $0.state = .noValue }
    try study.claim(in: "book", "recall", "ordered") { $0.qualifiers = ["date": "1944"] }
    #expect(try study.comparison("recall").relation == .single)
  }

  @Test("dates of two stages do not contradict each other; other qualifiers of one value do")
  func qualifiers() throws {
    var study = try Study()
    try study.claim(in: "book", "left", "1954-02-13") { $0.qualifiers = ["stage": "gone"] }
    try study.claim(in: "book", "left", "1954-02-15") { $0.qualifiers = ["stage": "announced"] }
    #expect(try study.comparison("left").relation == .single)
    try study.claim(in: "paper", "left", "1954-02-15")
    #expect(try study.comparison("left").relation == .agree)
    try study.claim(in: "book", "left", "1954-02")
    #expect(try study.comparison("left").relation == .agree)
    // It says when he broke, and that fits neither stage.
    try study.claim(in: "book", "left", "1954-03")
    #expect(try study.comparison("left").selfConflicts == ["book"])
    var aged = try Study()
    try aged.claim(in: "book", "left", "1954") { $0.qualifiers = ["age": "30"] }
    try aged.claim(in: "paper", "left", "1954") { $0.qualifiers = ["age": "31"] }
    #expect(try aged.comparison("left").relation == .conflict)
  }

  @Test("only assertions are compared; what is reported, doubted or denied stands beside")
  func stances() throws {
    var study = try Study()
    try study.claim(in: "book", "birth.date", "1937")
    try study.claim(in: "paper", "birth.date", "1940") { $0.stance = .reports }
    try study.claim(in: "paper", "birth.date", "1941") { $0.stance = .doubts }
    try study.claim(in: "paper", "fear", "yes") { $0.stance = .denies }
    let comparison = try study.comparison("birth.date")
    #expect(comparison.relation == .single)
    #expect(comparison.sources.map(\.source) == ["book", "paper"])
    #expect(comparison.sources[1].readings.map(\.isAsserted) == [false, false])
    #expect(try study.comparison("fear").relation == .none)
  }

  @Test("withdrawn claims never count; spellings are shown as variants")
  func withdrawn() throws {
    var study = try Study()
    try study.claim(in: "book", "name", "Derjabin")
    try study.claim(in: "paper", "name", "Deryabin")
    try study.claim(in: "paper", "name", "Rastvorov")
    try study.perform(WithdrawClaim(ItemReference("anna/c3"), reason: "another"))
    let comparison = try study.comparison("name")
    #expect(comparison.relation == .agree)
    #expect(
      comparison.sources.flatMap { $0.readings.map { $0.variants.map(\.number) } } == [[2], [1]])
  }
}

@Suite("Independent origins") struct OriginTests {
  private func words(_ origins: Origins) -> String {
    "\(origins.voices.count) voices, \(origins.count) origins: "
      + origins.groups.flatMap(\.paths).map { $0.map(\.display).joined(separator: " ← ") }
      .joined(separator: "; ")
  }

  private func derive(_ study: inout Study, _ source: Slug, from other: Slug) throws {
    try study.perform(
      DeriveSource(source, SourceDerivation(from: other, grounds: "cited", locator: nil)))
  }

  @Test("two voices with nothing in common are two")
  func independent() throws {
    var study = try Study()
    try study.claim(in: "book", "fear", "yes")
    try study.claim(in: "paper", "fear", "yes")
    #expect(words(try study.comparison("fear").origins) == "2 voices, 2 origins: ")
  }

  @Test("a voice that derives from the other adds none, however long the way")
  func derived() throws {
    var study = try Study()
    try study.claim(in: "book", "fear", "yes")
    try study.claim(in: "memoir", "fear", "yes")
    try derive(&study, "book", from: "paper")
    try derive(&study, "paper", from: "memoir")
    #expect(
      words(try study.comparison("fear").origins)
        == "2 voices, 1 origins: book ← paper ← memoir")
  }

  @Test("what a claim cites counts before what its source derives from")
  func cited() throws {
    var study = try Study()
    try study.claim(in: "book", "fear", "yes")
    try study.claim(in: "paper", "fear", "yes")
    for claim in [1, 2] {
      try study.perform(
        AddCitation(
          "anna",
          CitationContent(
            target: .claim(claim), work: "memoir", locator: nil, note: nil, role: .restsOn)))
    }
    #expect(
      words(try study.comparison("fear").origins)
        == "2 voices, 1 origins: book ← memoir; paper ← memoir")
  }

  @Test("who is credited is the origin of what is reported")
  func credited() throws {
    var study = try Study()
    for source in ["book", "paper"] {
      try study.claim(in: source, "fear", "yes") {
        $0.stance = .reports
        $0.saidBy = "boris"
      }
    }
    #expect(
      words(try study.comparison("fear").origins)
        == "2 voices, 1 origins: book ← boris; paper ← boris")
    try study.claim(in: "memoir", "fear", "no") { $0.stance = .doubts }
    #expect(try study.comparison("fear").origins.voices == ["book", "paper"])
  }

  @Test("who reports a memoir and cites it, and the memoir itself, are one origin")
  func reportedAndCited() throws {
    var study = try Study()
    try study.claim(in: "book", "fear", "yes") {
      $0.stance = .reports
      $0.saidBy = "anna"
    }
    try study.claim(in: "memoir", "fear", "yes")
    #expect(words(try study.comparison("fear").origins) == "2 voices, 2 origins: book ← anna")
    try study.perform(
      AddCitation(
        "anna",
        CitationContent(
          target: .claim(1), work: "memoir", locator: nil, note: nil, role: .quotes)))
    #expect(words(try study.comparison("fear").origins) == "2 voices, 1 origins: book ← memoir")
    // Whom it credits stays an origin beside the work.
    try study.claim(in: "paper", "fear", "yes") {
      $0.stance = .reports
      $0.saidBy = "anna"
    }
    #expect(
      words(try study.comparison("fear").origins)
        == "3 voices, 1 origins: book ← memoir; paper ← anna")
  }

  @Test("a circle is refused on entry")
  func circle() throws {
    var study = try Study()
    try derive(&study, "book", from: "paper")
    try derive(&study, "paper", from: "memoir")
    #expect(throws: Refusal.self) { try derive(&study, "memoir", from: "book") }
  }
}
