import StrictJSON
import TestSupport
import Testing

@Suite("No words of one voice on another's page")
struct VoiceTests {
  /// Everything that can be read of a casebook and narrowed to voices.
  private static func lines(_ cases: [String], of sources: [String], head: Int) -> [String] {
    sources.flatMap { ["source show \($0)", "source text \($0)", "source text \($0) --page 1"] } + [
      "case list", "claim list --quotes --withdrawn", "citation list", "annotation list",
      "source list", "timeline", "casebook show", "conclusion list", "replay --to @\(head)",
      "diff @1..@\(head)", "history casebook", "claim predicates",
      "export corpus out --overwrite", "search words --limit 200",
      "export csl", "export annotations", "export prov --withdrawn", "export ftm --withdrawn",
      "claim list --page 1",
    ]
      + cases.flatMap { slug in
        [
          "case show \(slug) --quotes", "history \(slug)", "history \(slug) -p",
          "timeline \(slug)", "replay --to @\(head) --case \(slug) --quotes",
          "diff \(slug) @\(head / 2)..@\(head)", "claim show \(slug)/c1",
          "export report \(slug)",
          "explain \(slug) statement --joined", "explain \(slug)/c1", "explain \(slug)/c2",
          "timeline \(slug) --joined",
          "compare \(slug) --joined",
          "case show \(slug) --joined", "impact \(slug)/c1",
        ]
      }
  }

  @Test("A page of one source holds no word of the others, of analysts, nor who recorded it")
  func only() async throws {
    try await withWork(steps: 70) { office, sources, cases, head in
      for source in sources {
        var pages = 0
        for (number, line) in Self.lines(cases, of: sources, head: head).enumerated() {
          let outcome = try await office.typed(
            "\(line) --source \(source) --format \(number % 2 == 0 ? "json" : "table")")
          if outcome.status == 66 { continue }
          #expect(outcome.status == 0, "\(line) \(outcome.errors)")
          let text =
            try line.hasPrefix("export corpus") ? Self.exported(office, cases) : outcome.output
          for voice in sources.filter({ $0 != source }) as [String?] + [nil] {
            #expect(!Self.speaks(voice, in: text), "\(line) of \(source): \(voice ?? "analysts")")
          }
          #expect(!text.contains(TestPerson.admin.role), "\(line) of \(source)")
          if Self.speaks(source, in: text) { pages += 1 }
        }
        #expect(pages > 5)
      }
    }
  }

  @Test("A page without a source holds none of its words, and those of the others")
  func without() async throws {
    try await withWork(steps: 40) { office, sources, cases, head in
      let source = sources[0]
      var heard: Set<String?> = []
      for (number, line) in Self.lines(cases, of: sources, head: head).enumerated() {
        let outcome = try await office.typed(
          "\(line) --without-source \(source) --format \(number % 2 == 0 ? "table" : "json")")
        if outcome.status == 66 { continue }
        #expect(outcome.status == 0, "\(line) \(outcome.errors)")
        let text =
          try line.hasPrefix("export corpus") ? Self.exported(office, cases) : outcome.output
        #expect(!Self.speaks(source, in: text), "\(line)")
        heard.formUnion((sources as [String?] + [nil]).filter { Self.speaks($0, in: text) })
      }
      #expect(heard == Set(sources.dropFirst().map { $0 } + [nil]))
    }
  }

  @Test("Every event is in one trail of its case's audit and of the casebook's, in its own voice")
  func trails() async throws {
    try await withWork(steps: 60) { office, sources, cases, head in
      let whole = try await office.json("audit")["trails"]?.arrayValue ?? []
      let told = whole.flatMap { $0["entries"]?.arrayValue ?? [] }
      #expect(told.compactMap { $0["position"]?.integerValue }.sorted() == Array(1...head))
      for trail in whole.dropLast() {
        let own = try #require(trail["source"]?.stringValue)
        #expect(try await office.json("audit --source \(own)")["trails"] == [Self.told(trail)])
      }
      for slug in cases {
        let history = try await office.json("history \(slug)")["events"]?.arrayValue ?? []
        let trails = try await office.json("audit \(slug)")["trails"]?.arrayValue ?? []
        let entries = trails.flatMap { $0["entries"]?.arrayValue ?? [] }
        #expect(
          entries.compactMap { $0["position"]?.integerValue }.sorted()
            == history.compactMap { $0["position"]?.integerValue })
        #expect(trails.dropLast().allSatisfy { $0["voice"] == "source" })
        for trail in trails {
          let own = trail["source"]?.stringValue
          for entry in trail["entries"]?.arrayValue ?? [] {
            // Why a record was corrected or set aside is the analyst's to say, and labelled so.
            guard case .object(var words) = entry else { continue }
            words["reason"] = JSON?.none
            words["voiding"] = JSON?.none
            for voice in (sources as [String?] + [nil]) where voice != own {
              #expect(!Self.speaks(voice, in: JSON.object(words).text), "\(entry.text)")
            }
          }
          guard let own else { continue }
          let alone = try await office.json("audit \(slug) --source \(own)")["trails"]
          #expect(alone == [Self.told(trail)])
        }
      }
    }
  }

  // MARK: What somebody has worked on

  private func withWork(
    steps: Int,
    _ body:
      @Sendable (Sandbox, _ sources: [String], _ cases: [String], _ head: Int) async throws
      -> Void
  ) async throws {
    try await withCasebook { database, desk in
      var work = try RandomWork(seed: 77)
      var done = 0
      while done < steps { if try await work.step(desk.store) != nil { done += 1 } }
      try await Sandbox.make(desk.configuration) { office in
        func slugs(_ noun: String, _ key: String) async throws -> [String] {
          try await office.json("\(noun) list")[key]?.arrayValue?
            .compactMap { $0["slug"]?.stringValue } ?? []
        }
        let sources = try await slugs("source", "sources")
        #expect(sources.count > 1)
        try await setCorrectionAside(office)
        for source in sources {
          try office.write("[p. 1]\n\(RandomWork.mark(of: source))\n", to: "\(source).txt")
          try await office.done("source attach \(source) \(source).txt")
        }
        try await body(office, sources, slugs("case", "cases"), office.head())
      }
    }
  }

  /// A source's trail as it is told alone: without who set an event aside, and why.
  private static func told(_ trail: JSON) -> JSON {
    guard case .object(var told) = trail else { return trail }
    told["entries"] = (trail["entries"]?.arrayValue).map { entries in
      .array(
        entries.map { entry in
          guard case .object(var words) = entry else { return entry }
          words["voiding"] = JSON?.none
          return .object(words)
        })
    }
    return .object(told)
  }

  /// Corrects a claim and sets that aside, both for reasons in the analysts' words.
  private func setCorrectionAside(_ office: Sandbox) async throws {
    let claim = try #require(try await office.json("claim list")["claims"]?.arrayValue?.first)
    let reference = try #require(claim["ref"]?.stringValue)
    let reason = "-m '\(RandomWork.mark(of: nil))'"
    try await office.done("claim correct \(reference) --kind locator -l 'p. 999' \(reason)")
    try await office.done("log void @\(office.head()) \(reason) --force")
  }

  /// Whether a text holds words that only one voice speaks, as they are or escaped.
  private static func speaks(_ voice: String?, in text: String) -> Bool {
    let mark = RandomWork.mark(of: voice)
    return text.contains(mark) || text.contains(JSON.string(mark).text.dropFirst().dropLast())
  }

  private static func exported(_ office: Sandbox, _ cases: [String]) throws -> String {
    let files = ["casebook", "sources", "vocabulary"] + cases.map { "cases/\($0)" }
    return files.compactMap { try? office.read("out/\($0).yaml") }.joined()
  }
}
