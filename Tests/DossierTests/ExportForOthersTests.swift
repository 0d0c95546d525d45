import Glibc
import StrictJSON
import Testing

@Suite("Exports for other programs and people")
struct ExportForOthersTests {
  /// Furnishes a casebook with notes, a quote, a withdrawn claim and annotations of two kinds.
  private static func furnish(_ office: Sandbox) async throws {
    for line in [
      #"source add smith-1950 --title 'Two Lives: A Story' --issued 1950 --csl "#
        + #"'{"type":"book","author":[{"family":"Smith","given":"A."}],"keyword":"X"}'"#,
      "claim record gouzenko statement 'hid *papers*' -s fbi-1955 -l 'p. 42' -q 'the papers | hidden'",
      "claim record gouzenko statement 'was tall' -s fbi-1955 -l 'p. 42'",
      "annotate gouzenko 'Which \"papers\"?' --motivation questioning --tag check",
    ] {
      try await office.done(line)
    }
  }

  @Test("Each says what it was taken from, and says the same again")
  func repeatable() async throws {
    try await Sandbox.withOffice { office in
      try await Self.furnish(office)
      let head = try await office.head()
      for (number, line) in [
        "csl", "annotations", "report gouzenko", "prov", "ftm",
      ].enumerated() {
        let first = try await office.done("export \(line) --as-of @\(head)").output
        #expect(first.contains("notes@\(head)"), "\(line)")
        try await office.done("claim record gouzenko height \(180 + number) -s fbi-1955 -l 'p. 43'")
        try await office.done("undo")
        #expect(try await office.done("export \(line) --as-of @\(head)").output == first, "\(line)")
        try await office.done("export \(line) --as-of @\(head) -o \(line.prefix(3))")
        #expect(try office.read("\(line.prefix(3))") == first)
        let again = try await office.typed("export \(line) -o \(line.prefix(3))")
        #expect(again.status == 65 && again.errors.contains("exists already"))
      }
    }
  }

  @Test("A report tells each source's claims apart, with notes, disputes and what was consulted")
  func report() async throws {
    try await Sandbox.withOffice { office in
      try await Self.furnish(office)
      let claims = try await office.json("claim list --case gouzenko")["claims"]?.arrayValue ?? []
      let tall = try #require(claims.first { $0["value"] == "was tall" }?["ref"]?.stringValue)
      let papers = try #require(claims.first { $0["locator"] == "p. 42" }?["ref"]?.stringValue)
      try await office.done("cite \(papers) --work krivitsky-1939 -l 12-14")
      try await office.done("claim withdraw \(tall) -m 'another man'")

      let text = try await office.done("export report gouzenko").output
      #expect(text.contains(#"hid \*papers\*"#) && text.contains(#"“the papers \| hidden”"#))
      #expect(text.contains("It rests on Krivitsky") || text.contains("It rests on *"))
      #expect(text.contains(", 12–14."))
      #expect(text.contains("## Works cited") && !text.contains("was tall"))
      #expect(text.contains("### Disputes"))
      #expect(text.contains("- k1 Statement: **hid papers**, from c2. nobody denies it."))
      let all = try await office.done("export report gouzenko --withdrawn").output
      #expect(all.contains("~~was tall~~ (withdrawn)"))
    }
  }

  @Test(
    "A report tells what analysts conclude, how likely and how sound, and when its ground moved")
  func conclusions() async throws {
    try await Sandbox.withOffice { office in
      try await office.done(
        "conclude gouzenko birth.date 1919-01-13 --on gouzenko/c1 -m 'The passport' "
          + "--likelihood likely --confidence low")
      let text = try await office.done("export report gouzenko").output
      let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("- k2") })
      #expect(line.contains("Born: **13 January 1919**, from c1. The passport."), "\(line)")
      #expect(line.contains("Likelihood: likely (55–80 %). Confidence: low."))
      #expect(!line.contains("Stale"))
      try await office.done("claim withdraw gouzenko/c1 -m 'another man'")
      let stale = try await office.done("export report gouzenko").output
      #expect(stale.contains("*Stale: since then c1 withdrawn.*"))
      #expect(try await !office.done("export report gouzenko -s fbi-1955").output.contains("k2"))
    }
  }

  @Test("A date that was probably not meant so is recorded as given, with a warning")
  func doubtfulDate() async throws {
    try await Sandbox.withOffice { office in
      let outcome = try await office.done(
        "claim record gouzenko birth.date 1935-36 -s fbi-1955 -l 'p. 41'")
      #expect(outcome.errors.contains("1935/1936") && outcome.errors.contains("warning"))
      #expect(try await office.json("claim show gouzenko/c5")["claim"]?["value"] == "1935-36")
      let plain = try await office.done(
        "claim record gouzenko birth.date 1935/1936 -s fbi-1955 -l 'p. 41'")
      #expect(plain.errors.isEmpty)
      let corrected = try await office.done(
        "claim correct gouzenko/c1 1919-36 --kind interpretation -m so")
      #expect(corrected.errors.contains("1919/1936"))
    }
  }

  @Test(
    "Provenance is read back equal by prov: revisions, sources, works, conclusions, people",
    .enabled(if: Validators.python != nil, "no parsers installed"))
  func provenance() async throws {
    try await Sandbox.withOffice { office in
      try await Self.furnish(office)
      let claims = try await office.json("claim list --case gouzenko")["claims"]?.arrayValue ?? []
      func ref(_ value: JSON) throws -> String {
        try #require(claims.first { $0["value"] == value }?["ref"]?.stringValue)
      }
      let (papers, tall) = (try ref("hid *papers*"), try ref("was tall"))
      try await office.done("cite \(papers) --work krivitsky-1939 -l 12-14 --as quotes")
      try await office.done("claim correct \(papers) 'hid papers' --kind interpretation -m misread")
      try await office.done("claim withdraw \(tall) -m 'another man'")
      try await office.done("conclude gouzenko statement 'hid papers' --on \(papers) -m seen")
      try await office.done("source derive fbi-1955 --from krivitsky-1939 -m 'by its notes'")

      let records = try await Validators.run("provenance", reading: "export prov", in: office)
      func has(_ start: String, _ parts: String...) -> Bool {
        records.contains { record in
          record.hasPrefix(start) && parts.allSatisfy { record.contains($0) }
        }
      }
      #expect(has("wasDerivedFrom(book:\(papers)@", "book:\(papers)@", "prov:Revision"))
      #expect(has("wasDerivedFrom(book:\(papers), book:fbi-1955", "prov:PrimarySource"))
      #expect(has("wasDerivedFrom(book:\(papers), book:krivitsky-1939", "prov:Quotation"))
      #expect(has("wasDerivedFrom(book:gouzenko/k2, book:\(papers)"))
      #expect(has("wasDerivedFrom(book:fbi-1955, book:krivitsky-1939"))
      #expect(has("activity(book:@", "dossier:reason=\"misread\"", "dossier:claim.corrected"))
      #expect(has("agent(person:", "prov:type='prov:Person'"))
      #expect(!records.contains { $0.contains("was tall") || $0.contains(tall) })

      let all = try await Validators.run(
        "provenance", reading: "export prov --withdrawn", in: office)
      #expect(all.contains { $0.hasPrefix("wasInvalidatedBy(book:\(tall)@") })
    }
  }

  @Test(
    "Statements are read by followthemoney with the same keys, each source a data set",
    .enabled(if: Validators.python != nil, "no parsers installed"))
  func statements() async throws {
    try await Sandbox.withOffice { office in
      try await Self.furnish(office)
      for line in [
        "claim record gouzenko birth.date 1919-01-13 -s smith-1950 -l 'p. 1'",
        "claim record gouzenko birth.date 1919~ -s fbi-1955 -l 'p. 1'",
        "claim record gouzenko name.primary 'Igor Gouzenko' -s smith-1950 -l 'p. 1'",
        "claim record gouzenko name.primary 'Igor Gouzenko' -s smith-1950 -l 'p. 2'",
        "claim record gouzenko name.primary 'I. Gouzenko' -s smith-1950 -l 'p. 3' --hedge perhaps",
      ] {
        try await office.done(line)
      }
      for kind in ["place", "work", "object"] {
        try await office.done("case open the-\(kind) --kind \(kind)")
        try await office.done("claim record the-\(kind) statement seen -s fbi-1955 -l 'p. 44'")
      }
      let lines = try await Validators.run("ftm", reading: "export ftm", in: office)
      #expect(lines.contains("smith_1950\tPerson\tbirthDate\t1919-01-13"))
      #expect(lines.filter { $0 == "smith_1950\tPerson\tname\tIgor Gouzenko" }.count == 1)
      #expect(lines.contains { $0.hasPrefix("fbi_1955\tPerson\tnotes\t") && $0.contains("1919") })
      #expect(
        lines.contains {
          $0.hasPrefix("smith_1950\tPerson\tnotes\t") && $0.contains("hedged: “perhaps”")
        })
      for schema in ["Address", "Document", "Asset"] {
        #expect(lines.contains { $0.hasPrefix("fbi_1955\t\(schema)\tnotes\t") }, "\(schema)")
      }
      #expect(!lines.contains { $0.contains("\tname\tI. Gouzenko") })
      let alone = try await office.done("export ftm --source smith-1950").lines
      #expect(!alone.isEmpty && !alone.contains { $0.contains("fbi_1955") })
    }
  }

  @Test(
    "The log's events are read by cloudevents, in the order of the log",
    .enabled(if: Validators.python != nil, "no parsers installed"))
  func events() async throws {
    try await Sandbox.withOffice { office in
      try await Self.furnish(office)
      let lines = try await Validators.run("events", reading: "log export", in: office)
      let head = try await office.head()
      #expect(lines.count == head)
      #expect(lines.first?.hasPrefix("casebook.created\tcasebook/notes") ?? false)
      #expect(lines.last?.hasSuffix("\t\(head)") ?? false)
    }
  }

  @Test(
    "Others' programs read them", .enabled(if: Validators.python != nil, "no parsers installed"))
  func validated() async throws {
    try await Sandbox.withOffice { office in
      try await Self.furnish(office)
      let works = try await Validators.run("csl", reading: "export csl", in: office)
      #expect(
        works.contains { $0.contains("Two Lives: A Story") && $0.contains("1950") }, "\(works)")

      let annotations = try await Validators.run(
        "annotations", reading: "export annotations", in: office)
      let expected = try await office.json("annotation list")["annotations"]?.arrayValue ?? []
      #expect(annotations.count == expected.count)
      #expect(
        annotations.allSatisfy { $0.hasPrefix("http://www.w3.org/ns/oa#") }, "\(annotations)")
      #expect(annotations.contains("http://www.w3.org/ns/oa#questioning\tWhich \"papers\"?"))
    }
  }
}

/// Parsers that others wrote, with which exports are read back; see Scripts/validators.
private enum Validators {
  static var python: String? {
    getenv("DOSSIER_VALIDATORS").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The lines that a script of Tests/Validators makes of what a command prints.
  static func run(
    _ script: String, reading command: String, in sandbox: Sandbox, file: String = #filePath
  ) async throws -> [String] {
    let tests = file.split(separator: "/").dropLast(2).joined(separator: "/")
    let outcome = try await sandbox.shell(
      "\"$DOSSIER\" \(command) | '\(try #require(python))' -W ignore '/\(tests)/Validators/\(script).py'"
    )
    #expect(outcome.status == 0, "\(outcome.errors)")
    return outcome.lines
  }
}
