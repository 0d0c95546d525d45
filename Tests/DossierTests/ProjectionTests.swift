import EventLog
import PostgresClient
import StrictJSON
import TestSupport
import Testing

@Suite("Views on the command line") struct ProjectionTests {
  @Test("They are built, carried on, checked, mended and dropped")
  func lifetime() async throws {
    try await Sandbox.withOffice { office in
      #expect(try await office.states() == ["not built"])
      #expect(try await office.typed("projection check claim").status == 66)

      let planned = try await office.json("projection rebuild --all --dry-run")
      #expect(planned["rebuilt"]?.arrayValue?.allSatisfy { $0["outcome"] == "planned" } == true)
      #expect(try await office.states() == ["not built"])
      try await office.done("projection rebuild --all")
      #expect(try await office.states() == ["current"])
      try await office.done("projection check")

      try await office.done("claim record gouzenko height 170 -s fbi-1955 -l 'p. 41'")
      #expect(try await office.states().contains("behind"))
      try await office.done("projection check")
      let rebuilt = try await office.json("projection rebuild claim_view --workers 1")
      #expect(rebuilt["rebuilt"]?.arrayValue?.first?["comparison"]?["differing"]?.integerValue == 0)

      try await office.done("projection drop --all")
      #expect(try await office.states() == ["not built"])
    }
  }

  @Test("A row that somebody has changed is named, with exit status 1, and a rebuild mends it")
  func damaged() async throws {
    try await Sandbox.withOffice { office in
      try await office.done("projection rebuild --all")
      try await office.tamper(
        "UPDATE dossier.claim_view SET value = 'Ottawa' WHERE case_id = 'gouzenko' AND claim = 2")

      let checked = try await office.typed("projection check")
      #expect(checked.status == 1)
      #expect(checked.output.contains("claim_view  wrong"))
      #expect(checked.output.contains("value:") && checked.output.contains("Ottawa"))
      let rebuilt = try await office.done("projection rebuild claim_view")
      #expect(rebuilt.output.contains("gouzenko"))
      try await office.done("projection check")
    }
  }

  @Test("A follower carries them on, is told of in the status, and ends well when told to stop")
  func followed() async throws {
    try await Sandbox.withOffice { office in
      let followed = try await office.interrupt(["projection", "follow", "claim_view"]) {
        while try await office.follower() == nil { await Task.yield() }
        try await office.done("claim record gouzenko height 170 -s fbi-1955 -l 'p. 41'")
        while try await office.json("projection status claim_view").state != "current" {}
      }

      #expect(followed.status == 0, "\(followed.errors)")
      #expect(followed.lines.first == "claim_view  following")
      let head = try await office.head()
      #expect(followed.lines.last == "claim_view  @\(head)")
      #expect(try await office.follower() == nil)
      try await office.done("projection check claim_view")
    }
  }

  @Test("Of every casebook what happens is told with its name, to machines always")
  func everyCasebook() async throws {
    try await Sandbox.withOffice { office in
      try await office.done("casebook create later --title Later")
      for (options, line) in [
        (["--all-casebooks"], "later  case_view  following"),
        (
          ["--all-casebooks", "--format", "ndjson"],
          #"{"casebook":"later","view":"case_view","state":"following"}"#
        ),
      ] {
        let followed = try await office.interrupt(["projection", "follow", "case_view"] + options) {
          for casebook in ["notes", "later"] {
            let status = "projection status case_view --casebook \(casebook)"
            while try await office.json(status)["views"]?[0]?["follower"] == nil {}
          }
        }
        #expect(followed.status == 0 && followed.lines.contains(line), "\(followed.output)")
      }
      let reader = try await office.of(.reader).typed("projection rebuild --all --all-casebooks")
      #expect(reader.status == 77 && reader.errors.contains("whose views you may write"))
      let rebuilt = try await office.json("projection rebuild case_view --all-casebooks")["rebuilt"]
      #expect(
        rebuilt?.arrayValue?.compactMap { $0["casebook"]?.stringValue } == ["later", "notes"])
    }
  }

  @Test("Of several views one that somebody else rebuilds is told of, and the others are built")
  func locked() async throws {
    try await withTestDatabase(.office) { configuration in
      try await Sandbox.make(configuration.of(.admin)) { office in
        let other = try await PostgresConnection.connect(configuration.of(.admin))
        try await other.query(
          "SELECT dossier.hold_view(casebook_id, 'claim_view', 'rebuild') FROM dossier.casebook")
        let rebuilt = try await office.typed("projection rebuild --all --format json")
        #expect(rebuilt.status == 75 && rebuilt.errors.isEmpty)
        for view in try rebuilt.json["rebuilt"]?.arrayValue ?? [] {
          let isLocked = view["view"] == "claim_view"
          #expect(view["outcome"] == (isLocked ? "failed" : "switched"))
          let problem = view["problem"]?.stringValue
          #expect(problem?.contains("is being rebuilt") == (isLocked ? true : nil))
        }
        let refused = try await office.typed("projection rebuild claim_view")
        #expect(refused.status == 75 && refused.output.isEmpty)
        #expect(refused.errors.contains("is being rebuilt by"))
        await other.close()
        try await office.done("projection rebuild claim_view")
      }
    }
  }

  @Test("An event that cannot be applied is named with what mends it; the views go on")
  func stopped() async throws {
    try await withTestDatabase(.office) { configuration in
      try await Sandbox.make(configuration.of(.admin)) { office in
        try await office.done("projection rebuild --all")
        let position = try await Intruder(in: configuration).write(
          Intruder.Event(
            "claim.recorded", on: StreamID(.case, "gouzenko"), voice: "fbi-1955",
            #"{"ref":"c9","what":"is this"}"#), in: "notes")

        let remedy = "dossier log void @\(position)"
        let rebuilt = try await office.done("projection rebuild --all").output
        #expect(rebuilt.contains("stands still before @\(position)"))
        let status = try await office.json("projection status")["views"]?.arrayValue ?? []
        for view in status {
          let folds = view["view"] != "source_view"
          #expect(view["state"] == "current" && view["position"] == .integer(position))
          #expect(view["lastError"]?["position"] == (folds ? .integer(position) : nil))
          #expect(view["lastError"]?["type"] == (folds ? "claim.recorded" : nil))
          let told = view["lastError"]?["remedy"]?.stringValue
          #expect(told?.contains(remedy) == (folds ? true : nil))
          let streams = view["standstills"]?.arrayValue?.map { $0["stream"] }
          #expect(streams == (folds ? ["case/gouzenko"] : nil))
        }
        let page = try await office.done("projection status").output
        #expect(page.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(remedy))
        try await office.done("projection check")

        try await office.done("log void @\(position) -m 'not ours'")
        try await office.done("projection rebuild --all")
        #expect(try await office.states() == ["current"])
        try await office.done("projection check")
      }
    }
  }

  /// Every list across cases, and the views that it is read from.
  private static let lists: [(line: String, views: [String])] = [
    ("case list", ["case_view"]), ("case list --kind person", ["case_view"]),
    ("claim list", ["claim_view", "citation_view"]),
    ("claim list --withdrawn --quotes", ["claim_view", "citation_view"]),
    ("claim list --disputed", ["claim_view", "citation_view"]),
    ("citation list", ["citation_view"]), ("annotation list", ["annotation_view"]),
    ("annotation list --tag birth", ["annotation_view"]),
    ("source list", ["source_view", "annotation_view"]),
    ("timeline", ["timeline_view", "claim_view", "citation_view"]), ("audit", ["audit_view"]),
  ]

  @Test("Every list is read from its views, to the byte as it is folded, at every position")
  func listed() async throws {
    try await Sandbox.withOffice { office in
      try office.write("== p. 41 ==\nborn January 13, 1919", to: "fbi.txt")
      for line in [
        "claim correct gouzenko/c3 1919-01-27 -m misread --kind transcription",
        "claim record gouzenko service.rank major -s fbi-1955 -l 'p. 44' --with from=1943 --with to=1945~",
        "claim record derjabin birth.date --unknown -s riehle-2020 -l 'p. 2' --hedge perhaps",
        "claim record derjabin birth.date 1895-08-21 -s riehle-2020 -l 'p. 3' --reports gouzenko",
        "annotate fbi-1955 'a monograph' --tag birth", "annotate casebook 'begun in May'",
        "annotation withdraw gouzenko/a1 -m no", "source grade fbi-1955 B -m careful",
        "source copy fbi-1955 transcript --kind transcript --description typed",
        "source derive riehle-2020 --from fbi-1955 -m 'cited throughout'",
        "source attach fbi-1955 fbi.txt",
      ] {
        try await office.done(line)
      }
      // The correction, the first of these.
      let corrected = try await office.head() - 10
      try await office.done("log void @\(corrected) -m 'on second thoughts' --force")
      let head = try await office.head()
      let first = try await office.json("history derjabin")["events"]?.arrayValue?.first
      let opened = try #require(first?["position"]?.integerValue)
      let lines =
        Self.lists.flatMap { list in
          ["", " --format csv", " --source fbi-1955"].map { list.line + $0 }
        }
        + Self.lists.filter { !$0.line.contains("--") }.flatMap { list in
          // Before its cases a casebook is the same everywhere.
          ([1] + (opened - 1...head)).map { "\(list.line) --format json --as-of @\($0)" }
        }
      var folded: [String] = []
      for line in lines { folded.append(try await office.done(line).output) }

      try await office.done("projection rebuild --all")
      for (line, answer) in zip(lines, folded) {
        let found = try await office.done(line).output
        #expect(found == answer, "\(line)")
      }
    }
  }

  @Test("It is the views that answer: as they stand, carried on, or kept by another")
  func answering() async throws {
    try await Sandbox.withOffice { office in
      try await office.done("projection rebuild --all")
      for (number, list) in Self.lists.filter({ !$0.line.contains("--") }).enumerated() {
        try await office.done(list.line)
        let head = try await office.head()
        try await office.done("case open barmine-\(number)")
        func position(_ option: String = "") async throws -> Int? {
          try await office.json("\(list.line) \(option)")["basis"]?["position"]?.integerValue
        }
        #expect(try await position("--stale-ok") == head, "\(list.line)")
        let kept = try await office.typed("\(list.line) --wait")
        #expect(kept.status == 75 && kept.errors.contains("nobody keeps"), "\(list.line)")
        #expect(try await office.typed("\(list.line) --wait --stale-ok").status == 64)
        #expect(try await position() == head + 1, "\(list.line)")
        #expect(try await position("--wait") == head + 1, "\(list.line)")
        for view in list.views {
          #expect(try await office.json("projection status \(view)").state == "current")
        }
      }

      // A change of their rows shows.
      try await office.tamper("UPDATE dossier.case_view SET name = 'X' WHERE case_id = 'barmine-0'")
      #expect(try await office.done("case list").output.contains("barmine-0  X"))
      #expect(try await office.typed("projection check case_view").status == 1)
    }
  }

  @Test(
    "Whoever may only read is answered from the view where it has come so far, else from the log")
  func readers() async throws {
    try await Sandbox.withOffice { office in
      try await office.done("projection rebuild case_view")
      try await office.done("case open barmine")
      let reader = office.of(.reader)
      #expect(try await reader.json("case list")["cases"]?.arrayValue?.count == 4)
      #expect(try await reader.json("case list --stale-ok")["cases"]?.arrayValue?.count == 3)
      #expect(try await reader.typed("projection rebuild case_view").status == 77)
      try await reader.done("projection check case_view")
      try await office.done("projection check case_view")
    }
  }

  @Test("A name that is not a view's is refused with the one that was meant")
  func misspelt() async throws {
    try await Sandbox.withOffice { office in
      let outcome = try await office.typed("projection status clam_view")
      #expect(outcome.status == 66)
      #expect(outcome.errors.contains("Did you mean \"claim_view\"?"))
      #expect(try await office.typed("projection rebuild").status == 64)
      #expect(try await office.typed("projection drop claim_view --all").status == 64)
    }
  }
}

extension JSON {
  /// The state of the only view in a status.
  fileprivate var state: String? { self["views"]?.arrayValue?.first?["state"]?.stringValue }
}

extension Sandbox {
  /// Who follows the claims.
  fileprivate func follower() async throws -> String? {
    try await json("projection status claim_view")["views"]?.arrayValue?
      .first?["follower"]?["by"]?.stringValue
  }

  /// The different states that the views are in.
  fileprivate func states() async throws -> Set<String> {
    let views = try #require(try await json("projection status")["views"]?.arrayValue)
    return Set(views.compactMap { $0["state"]?.stringValue })
  }
}
