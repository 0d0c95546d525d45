import Testing

@Suite("Bad input is refused by file, line and field, and nothing is written")
struct BadInputTests {
  @Test("Typed")
  func typed() async throws {
    let record = "claim record gouzenko"
    let page = "-s fbi-1955 -l 'p. 1'"
    try await Sandbox.withOffice { office in
      try await office.expect([
        Refused(
          "\(record) birth.date 1919-02-30 \(page)", 65, "birth.date", "no day 30 in February"),
        Refused("\(record) birth.date 'early 1919' \(page)", 65, "Did you mean 1919-01/1919-04?"),
        Refused("\(record) height NaN \(page)", 65, "height", "\"NaN\" is not a number"),
        Refused("\(record) height 1e400 \(page)", 65, "height", "\"1e400\" is not a number"),
        Refused("\(record) fear maybe \(page)", 65, "neither yes nor no"),
        Refused("\(record) publication nowhere \(page)", 66, "dossier source add nowhere"),
        Refused("\(record) statement x -l 'p. 1'", 65, "the source is missing", "-s SOURCE"),
        Refused("\(record) statement x -s fbi-1955", 65, "the locator is missing", "-l 'p. 41'"),
        Refused("\(record) statement \(page)", 65, "value"),
        Refused("\(record) statement x \(page) -q ''", 65, "the quote is empty"),
        Refused("\(record) statement x \(page) -q ' '", 65, "the quote is empty"),
        Refused(
          "\(record) birth.date 1919-01-13 -s fbi-1955 -l 'p. 41' -q 'born January 13, 1919'", 65,
          "gouzenko/c1 already says exactly that"),
        Refused(
          "claim correct gouzenko/c4 x --kind copy -m x", 65, "withdrawn", "dossier claim reinstate"
        ),
        Refused("\(record) statement $'caf\\xe9' \(page)", 65, "argument 5", "byte 3"),
      ])
    }
  }

  @Test("As a text in a file or a pipe")
  func texts() async throws {
    try await Sandbox.withOffice { office in
      for (name, bytes) in [
        ("invalid", Array("good ".utf8) + [0xC3, 0x28]),
        ("cut", Array("good".utf8) + [0xE2, 0x82]),
        ("surrogate", [0x61, 0xED, 0xA0, 0x80]), ("nul", Array("go\u{0}od".utf8)), ("empty", []),
      ] as [(String, [UInt8])] { try office.write(bytes: bytes, to: name) }
      try office.write("", to: "folder/file")
      try await office.expect([
        Refused("annotate gouzenko @invalid", 65, "invalid is not UTF-8: byte 5"),
        Refused("annotate gouzenko @cut", 65, "cut is not UTF-8: byte 4"),
        Refused("annotate gouzenko @surrogate", 65, "surrogate is not UTF-8: byte 1"),
        Refused("annotate gouzenko @nul", 65, "nul has a NUL at byte 2"),
        Refused("annotate gouzenko @empty", 65, "text"),
        Refused("annotate gouzenko @missing", 66, "there is no file missing"),
        Refused("annotate gouzenko @folder", 66, "folder cannot be read"),
        // Only who stops reading ever comes to an end.
        Refused("annotate gouzenko - < <(yes)", 65, "longer than 1048576 bytes"),
      ])
    }
  }

  @Test("As JSON")
  func json() async throws {
    let add = "source add x --title t --csl"
    try await Sandbox.withOffice { office in
      try office.write("{\n  \"volume\": 1e400\n}\n", to: "csl.json")
      try await office.expect([
        Refused(#"\#(add) '{"a": 1, "a": 2}'"#, 65, "--csl: line 1, column 10", "appears twice"),
        Refused(#"\#(add) '{"a": "\ud800"}'"#, 65, "--csl: line 1", "surrogate"),
        Refused(#"\#(add) '{"a": NaN}'"#, 65, "--csl: line 1, column 7"),
        Refused(#"\#(add) '{"a": '"#, 65, "--csl: line 1"),
        Refused(#"\#(add) '{"autor": "x"}'"#, 65, "--csl:", "no field", "\"author\"?"),
        Refused(#"\#(add) '{"type": "boook"}'"#, 65, "no type of CSL", "\"book\"?"),
        Refused(#"\#(add) '{"type": 1}'"#, 65, "the type is not a text"),
        Refused(
          #"source amend fbi-1955 -m x --csl '{"qqqqqqqq": 1}'"#, 65, "there are: DOI,", "publisher"
        ),
        Refused("\(add) '[]'", 65, "--csl: write a JSON object"),
        Refused("\(add) \"$(printf '[%.0s' {1..9999})\"", 65, "nested more than 64 levels deep"),
        Refused("\(add) @csl.json", 65, "csl.json: line 2, column 13", "too large"),
        Refused("\(add) @missing.json", 66, "there is no file missing.json"),
      ])
    }
  }

  @Test("As a table of claims")
  func table() async throws {
    let files: [(bytes: [UInt8], words: String)] = [
      ([], ": the file is empty"),
      (row("gouzenko,statement,cut"), ":2: the row has 3 fields and the header 5"),
      (row("gouzenko,statement,\"cut"), ":2: a field in quotes never ends"),
      (row("gouzenko,statement,a") + [0xFF, 0x0A], ":2: value: its byte 1 is not valid UTF-8"),
      (row("gouzenko,statement,\u{0}"), ":2: a NUL character"),
      (row("gouzenko,height,NaN,fbi-1955,p. 1"), ":2: value: height: \"NaN\" is not a number"),
      (row("gouzenko,height,1e400,fbi-1955,p. 1"), ":2: value: height: \"1e400\""),
      (row("gouzenko,birth.date,1919-02-30,fbi-1955,p. 1"), ":2: value: birth.date"),
      (row("gouzenko,heigt,1,fbi-1955,p. 1"), ":2: predicate: there is no predicate \"heigt\""),
      (row("gouzenko,height,1,fbi-1995,p. 1"), ":2: source: there is no source \"fbi-1995\". Did"),
      (row("guzenko,height,1,fbi-1955,p. 1"), ":2: case: there is no case \"guzenko\". Did you"),
      (row("gouzenko,height,1,,p. 1"), ":2: source: it is empty"),
      (row("gouzenko,height,1,fbi-1955,"), ":2: locator: it is empty"),
      (row("a,b,c,d,e", header: "case,predicat"), ":1: unknown column \"predicat\"; did you mean"),
      (
        row("a,b,me", header: "case,predicate,recorded_by"), ":1: \"recorded_by\" is not for a file"
      ),
      (
        row("gouzenko,statement,\(String(repeating: "x", count: 1 << 20)),fbi-1955,p. 1"),
        ":2: the row is larger than 1 MiB"
      ),
    ]
    try await Sandbox.withOffice { office in
      try office.write("", to: "folder/file")
      for (number, file) in files.enumerated() {
        try office.write(bytes: file.bytes, to: "\(number).csv")
      }
      try await office.expect(
        files.enumerated().map { number, file in
          Refused("import claims \(number).csv", 65, "\(number).csv\(file.words)")
        } + [
          Refused("import claims missing.csv", 66, "there is no file missing.csv"),
          Refused("import claims folder", 65, "folder: the file cannot be read: it is a directory"),
          Refused("import claims /dev/stdin < <(yes)", 65, ":1: "),
          Refused("import claims /dev/stdin < <(tr '\\0' x < /dev/zero)", 65, "larger than 1 MiB"),
        ])
    }
  }

  private func row(
    _ cells: String, header: String = "case,predicate,value,source,locator"
  ) -> [UInt8] {
    Array("\(header)\n\(cells)".utf8)
  }

  @Test("As a directory of YAML files, which leaves no empty casebook behind either")
  func directory() async throws {
    let barmine = "cases/barmine.yaml"
    let changes: [(file: String, from: String, to: String, words: String)] = [
      (barmine, "1899-08-16", "1899-02-30", ":10: claims[0] (birth): value: birth.date"),
      (
        barmine, "quote:", "qoute:", ":11: claims[0] (birth): unknown field \"qoute\"; did you mean"
      ),
      (barmine, "birth.date", "birth.dat", ":9: claims[0] (birth): predicate: there is no"),
      (barmine, "fbi-1955", "fbi-1995", ":5: claims[0] (birth): source: there is no source"),
      (barmine, "    locator: p. 28\n", "", ":7: claims[0] (birth): locator is missing"),
      (barmine, "id: fear", "id: birth", ":12: claims[1] (birth): the id \"birth\" is taken"),
      (barmine, "name: A", "name: B\nname: A", ":3: the field \"name\" appears twice"),
      (barmine, "name: A", "recorded-by: me\nname: A", ":3: \"recorded-by\" is not for a file"),
      (barmine, "value: yes", "value: \"\u{0}\"", ":14: a NUL character"),
      (barmine, "value: yes", "value: \"\\uD800\"", ":14: "),
      (barmine, "value: yes", "value: \(String(repeating: "[", count: 999))", "too deep"),
      (barmine, "Alexandre", String(repeating: "x", count: 9 << 20), "larger than 8 MiB"),
      (barmine, "case: barmine", "case: orlov", "belongs in cases/orlov.yaml"),
      ("vocabulary.yaml", "type: date", "type: dat", ":2: [1] (birth.date): type: \"dat\" is not"),
      ("sources.yaml", "1955-01", "1955-13", ":1: [0] (fbi-1955): issued: \"1955-13\""),
      ("casebook.yaml", "casebook:", "casbook:", ":1: "),
    ]
    var files = Office.files.filter { $0.key != "notes/casebook.yaml" }
    files["notes/casebook.yaml"] = "casebook: files\ntitle: Files\n"
    files["notes/\(barmine)"] = """
      case: barmine
      kind: person
      name: Alexandre Barmine
      voices:
        - source: fbi-1955
          locator: p. 28
          claims:
            - id: birth
              predicate: birth.date
              value: 1899-08-16
              quote: August 16, 1899
            - id: fear
              predicate: fear
              value: yes

      """
    let corpus = files
    try await Sandbox.withOffice { office in
      for (number, change) in changes.enumerated() {
        for (path, text) in corpus {
          let isChanged = path == "notes/\(change.file)"
          let written = isChanged ? text.replacing(change.from, with: change.to) : text
          #expect(isChanged == (written != text))
          try office.write(written, to: path.replacing("notes", with: "\(number)"))
        }
      }
      try office.write(bytes: Array("case: ".utf8) + [0xFF], to: "invalid/cases/x.yaml")
      try office.write("", to: "empty/casebook.yaml")
      try await office.expect(
        changes.enumerated().map { number, change in
          Refused("import corpus \(number)", 65, change.file, change.words)
        } + [
          Refused("import corpus invalid", 65, "cases/x.yaml:1: the byte at 6 is not valid UTF-8"),
          Refused("import corpus empty", 65, "casebook.yaml: the file is empty", "sources.yaml"),
          Refused("import corpus missing", 66, "there is no file missing"),
        ])
    }
  }

  @Test("As an exported log")
  func log() async throws {
    try await Sandbox.withOffice { office in
      _ = try await office.shell(#""$DOSSIER" log export > log"#)
      let lines = try office.read("log").split(separator: "\n").map(String.init)
      #expect(lines.count == 28)
      func write(_ name: String, _ change: (inout [String]) -> Void) throws {
        var changed = lines
        change(&changed)
        try office.write(changed.map { "\($0)\n" }.joined(), to: name)
      }
      try write("cut") { $0[24].removeLast(40) }
      try write("shorter") { $0.remove(at: 9) }
      try write("forged") { $0[17] = $0[17].replacing("1919-01-13", with: "1919-01-14") }
      try write("author") { $0[17] = $0[17].replacing("recordedby\":\"", with: "recordedby\":\"x") }
      try write("type") { $0[17] = $0[17].replacing("claim.recorded", with: "claim.recordet") }
      try write("field") { $0[17] = $0[17].replacing("leafhash", with: "leafhach") }
      try write("twice") { $0[17] = $0[17].replacing("\"id\"", with: "\"id\":\"\",\"id\"") }
      try await office.expect([
        Refused("log import cut", 65, "cut: line 25"),
        Refused("log import shorter", 65, "shorter: line 10"),
        Refused("log import forged", 65, "forged: line 18", "leaf hash does not fit"),
        Refused("log import author", 65, "author: line 18", "leaf hash does not fit"),
        Refused("log import type", 65, "type: line 18"),
        Refused("log import field", 65, "field: line 18", "leafhash"),
        Refused("log import twice", 65, "twice: line 18", "appears twice"),
        Refused("log import log", 65, "already a casebook \"notes\""),
        Refused("log import /dev/null", 65, "/dev/null: the file holds no events"),
        Refused("log import missing", 66, "missing cannot be read"),
        Refused("log import - < <(tr '\\0' x < /dev/zero)", 65, "line 1 is longer than 4194304"),
      ])
    }
  }

  @Test("A byte order mark and CRLF are no fault; the same file twice records nothing twice")
  func accepted() async throws {
    try await Sandbox.withOffice { office in
      try office.write(
        "\u{FEFF}case,predicate,value,source,locator\r\ngouzenko,height,170,fbi-1955,p. 41\r\n",
        to: "claims.csv")
      #expect(
        try await office.done("import claims claims.csv").output.hasPrefix("recorded 1 claim\n"))
      let head = try await office.head()
      let again = try await office.done("import claims claims.csv")
      #expect(again.output == "1 already present\nnothing to do in notes\n")
      #expect(try await office.head() == head)
      for (path, text) in Office.files { try office.write(text, to: path) }
      let same = try await office.done("import corpus notes")
      #expect(same.output == "12 already present\nnothing to do in notes\n")
      #expect(try await office.head() == head)
    }
  }
}
