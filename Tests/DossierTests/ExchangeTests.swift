import StrictJSON
import Testing

@Suite("Files in and out")
struct ExchangeTests {
  @Test("A table of claims is recorded in one request, and once")
  func table() async throws {
    try await Sandbox.withOffice { office in
      try office.write(
        """
        case,predicate,value,locator,quote,hedge,stance,said_by,with.from
        gouzenko,service.rank,lieutenant,p. 41,"a ""lieutenant"", they said",,reports,colleagues,1943
        derjabin,fear,yes,p. 60,,probably,,,

        """, to: "claims.csv")
      let head = try await office.head()
      let imported = try await office.done("import claims claims.csv -s fbi-1955")
      #expect(imported.output == "recorded 2 claims\nat notes@\(head + 1)..@\(head + 2)\n")
      let claim = try await office.json("claim show gouzenko/c5")["claim"]
      #expect(claim?["quote"] == "a \"lieutenant\", they said")
      #expect(claim?["qualifiers"]?["from"] == "1943")
      #expect(claim?["attribution"]?["saidBy"] == "colleagues")
      try await office.done("import claims claims.csv -s fbi-1955")
      #expect(try await office.head() == head + 2)
      let undone = try await office.done("undo")
      #expect(undone.lines.count == 2)
    }
  }

  @Test("A casebook goes out as files and comes back; a changed line is a correction")
  func corpus() async throws {
    try await Sandbox.withOffice { office in
      try await office.done("export corpus out")
      let same = try await office.done("import corpus out")
      #expect(same.output.hasSuffix("nothing to do in notes\n"), "\(same.output)")

      // Into another casebook: the same files come out of it.
      try office.write(
        office.read("out/casebook.yaml").replacing("notes", with: "copy"), to: "out/casebook.yaml")
      try await office.done("import corpus out")
      try await office.done("export corpus again --casebook copy")
      for file in ["vocabulary.yaml", "sources.yaml", "cases/gouzenko.yaml", "cases/orlov.yaml"] {
        #expect(try office.read("again/\(file)") == office.read("out/\(file)"), "\(file)")
      }

      let path = "again/cases/gouzenko.yaml"
      try office.write(office.read(path).replacing("p. 42", with: "p. [42]"), to: path)
      #expect(try await office.typed("import corpus again --casebook copy").status == 65)
      let change = try await office.done("import corpus again --casebook copy -m 'not printed'")
      #expect(change.output.contains("1 corrected"))
      let claim = try await office.json("claim list --casebook copy --page 'p. [42]'")["claims"]?[0]
      #expect(claim?["revision"] == 2)
    }
  }

  @Test("A table of claims may come through a pipe")
  func pipe() async throws {
    try await Sandbox.withOffice { office in
      let table = "case,predicate,value,locator\nderjabin,fear,yes,p. 60\n"
      let outcome = try await office.shell(
        "printf '%s' '\(table)' | \"$DOSSIER\" import claims - -s fbi-1955")
      #expect(outcome.output.hasPrefix("recorded 1 claim\n"), "\(outcome.errors)")
      let wrong = try await office.shell("echo case | \"$DOSSIER\" import claims - -s fbi-1955")
      #expect(wrong.status == 65 && wrong.errors.contains("standard input:1:"))
    }
  }

  @Test("What is changed in an export is a correction, and so is a second change")
  func edited() async throws {
    try await Sandbox.withOffice { office in
      try await office.done("export corpus out")
      let path = "out/cases/gouzenko.yaml"
      for shirt in ["coat", "hat"] {
        let text = try office.read(path)
        try office.write(
          text.replacing(shirt == "coat" ? "his shirt" : "his coat", with: "his \(shirt)"), to: path
        )
        let outcome = try await office.done("import corpus out -m 'read again'")
        #expect(outcome.output.contains("1 corrected"), "\(outcome.output)")
        let claim = try await office.json("claim show gouzenko/c2")["claim"]
        #expect(claim?["value"]?.stringValue == "hid papers under his \(shirt)")
      }
    }
  }

  @Test("An import says which casebook it makes, and makes none by a slip of the pen")
  func casebookNamed() async throws {
    try await Sandbox.withOffice { office in
      let files = "casebook: copy\ntitle: Copy\n"
      try await office.done("export corpus out")
      try office.write(files, to: "out/casebook.yaml")
      let slip = try await office.typed("import corpus out --casebook nots")
      #expect(slip.status == 66)
      #expect(slip.errors.contains("there is no casebook \"nots\""))
      #expect(slip.errors.contains("dossier casebook create nots"))
      #expect(try await office.done("casebook list --format ndjson").lines.count == 1)
      let made = try await office.done("import corpus out")
      #expect(made.output.hasPrefix("created the casebook copy\n"))
      #expect(made.output.contains("\nat copy@1..@"))
      let again = try await office.json("import corpus out")
      #expect(again["casebook"] == "copy" && again["created"] == false)
    }
  }

  @Test("What one source says goes out with the works it names, and comes back")
  func oneVoice() async throws {
    try await Sandbox.withOffice { office in
      for line in [
        "claim record gouzenko publication krivitsky-1939 -s fbi-1955 -l 'p. 44'",
        "source derive fbi-1955 --from riehle-2020 -m 'for the test'",
      ] {
        try await office.done(line)
      }
      for (voices, works) in [
        ("--source fbi-1955", ["krivitsky-1939"]),
        ("--without-source riehle-2020,krivitsky-1939", ["riehle-2020", "krivitsky-1939"]),
      ] {
        let name = "voice-\(works.count)"
        try await office.done("export corpus \(name) \(voices) --casebook notes")
        let sources = try office.read("\(name)/sources.yaml")
        #expect(works.allSatisfy { sources.contains("source: \($0)\n") }, "\(sources)")
        #expect(!(try office.read("\(name)/cases/gouzenko.yaml").contains("riehle-2020")))
        let head = try await office.json("log head --casebook notes")["position"]
        try await office.done("import corpus \(name)")
        let after = try await office.json("log head --casebook notes")["position"]
        #expect(after == head, "a work that is only named was amended")
        try office.write("casebook: \(name)\ntitle: Voice\n", to: "\(name)/casebook.yaml")
        let made = try await office.done("import corpus \(name)")
        #expect(made.output.hasPrefix("created the casebook \(name)\n"))
      }
    }
  }

  @Test("A log goes out and is restored elsewhere bit for bit")
  func log() async throws {
    try await Sandbox.withOffice { office in
      _ = try await office.shell(#""$DOSSIER" log export > log"#)
      let verified = try await office.json("log verify")
      let (size, root) = (verified["events"]?.integerValue, verified["root"]?.stringValue)
      let known = "--size \(try #require(size)) --root \(try #require(root))"
      let page = try await office.done("case show gouzenko")
      try await Sandbox.withDatabase { elsewhere in
        try elsewhere.write(office.read("log"), to: "log")
        let wrong = try await elsewhere.typed(
          "log import log --size 25 --root \(String(repeating: "0", count: 64))")
        #expect(wrong.status == 65)
        #expect(try await elsewhere.json("casebook list")["casebooks"] == [])
        try await elsewhere.done("log import log \(known)")
        _ = try await elsewhere.shell(#""$DOSSIER" log export > again"#)
        #expect(try elsewhere.read("again") == office.read("log"))
        #expect(try await elsewhere.done("log verify \(known)").output.hasPrefix("intact"))
        let restored = try await elsewhere.done("case show gouzenko")
        #expect(restored.lines.filter { !$0.hasPrefix("authors up to @") } == page.lines)
      }
    }
  }
}
