import StrictJSON
import Testing

@Suite("At a terminal")
struct TerminalUseTests {
  @Test("Tables fit the screen, narrow or wide", arguments: [60, 80, 160])
  func width(columns: Int) async throws {
    try await Sandbox.withCasebook { sandbox in
      let note =
        "a long remark that goes on and on, so that it has to be wrapped on any screen there is"
      _ = try await sandbox("annotate", "smith", note + ", " + note)
      try await Screen.running(
        "\"$DOSSIER\" annotation list", in: sandbox, columns: columns, with: ["DOSSIER_PAGER": ""]
      ) { screen in
        try await screen.wait(for: "ended")
        let text = try await screen.text()
        #expect(text.allSatisfy { $0.count <= columns })
        let words = text.joined(separator: " ").split(separator: " ").filter { $0 == "remark" }
        #expect(words.count == 2)
        #expect(text.last == "status 0")
      }
    }
  }

  @Test(
    "Every page fits eighty columns: the terminal shows the lines that a pipe gets, and breaks none"
  )
  func pages() async throws {
    try await Sandbox.withOffice { office in
      let long = "a rather long sentence, as people write them, which goes on and on until it ends"
      try await office.done("annotate gouzenko/c1 '\(long)'")
      try await office.done(
        "claim record gouzenko statement '\(long)' -s riehle-2020 -q '\(long)' "
          + "-l 'chapter 5, summary, paragraph 2' --hedge 'so far as is known'")
      let lines = [
        "case show gouzenko --quotes", "case list", "claim list --quotes", "claim show gouzenko/c5",
        "history gouzenko", "history gouzenko -p", "audit gouzenko",
        "timeline gouzenko --list",
        "diff gouzenko @1..", "replay --to @25", "citation list", "annotation list", "source list",
        "source show fbi-1955", "claim predicates", "claim predicates motive.kind", "casebook list",
        "casebook show", "casebook members", "log head", "log show @26", "home", "doctor",
        "--help", "case edit --help", "edtf 1928~ '[1927,1928]'",
      ]
      let script = lines.map { "\"$DOSSIER\" \($0)\n" }.joined()
      let piped = try await office.shell(script).lines
      #expect(piped.allSatisfy { $0.count <= 80 })
      #expect(piped.allSatisfy { !$0.contains("\u{1B}") })
      try await Screen.running(
        script, in: office, lines: piped.count + 9, with: ["DOSSIER_PAGER": ""]
      ) { screen in
        try await screen.wait(for: "ended")
        let shown = try await screen.text().dropLast()
        #expect(Array(shown) == piped.map { String($0.reversed().drop { $0 == " " }.reversed()) })
      }
    }
  }

  @Test("A life is drawn along its years, as wide as the screen", arguments: [80, 120, 200])
  func timeline(columns: Int) async throws {
    try await Sandbox.withOffice { office in
      for line in [
        "claim record gouzenko service.rank lieutenant -s fbi-1955 -l 'p. 41' --with from=1942 "
          + "--with to=1944",
        "claim record gouzenko birth.date 1918~/1920~ -s riehle-2020 -l 'p. 3'",
        "claim record gouzenko birth.date 1921 -s krivitsky-1939 -l 'p. 3' --not",
      ] {
        try await office.done(line)
      }
      let piped = try await office.done("timeline gouzenko").lines
      #expect(piped.contains { $0.hasPrefix("DATE") } && !piped.contains { $0.contains("●") })
      try await Screen.running(
        "\"$DOSSIER\" timeline gouzenko", in: office, columns: columns, lines: 40,
        with: ["DOSSIER_PAGER": "", "NO_COLOR": "1"]
      ) { screen in
        try await screen.wait(for: "ended")
        let text = try await screen.text()
        #expect(text.allSatisfy { $0.count <= columns })
        #expect(text.contains { $0.count > columns - 12 && $0.contains("━━") })
        // A lane a source, the same years above each.
        let lanes = text.filter { $0.contains("┊19") }
        #expect(lanes.count == 3)
        #expect(Set(lanes.map { $0.drop { $0 != "┊" } }).count == 1)
        func line(_ words: String) -> String { text.first { $0.contains(words) } ?? "" }
        #expect(line(" c1 ").contains("●"))
        #expect(line(" c1 ").contains("disputed birth.date"))
        #expect(line("1918~/1920~").contains("╟") && line("1918~/1920~").contains("╢"))
        #expect(line("c7").contains("not birth.date") && line("c7").contains("├"))
      }
    }
  }

  @Test("Long answers are paged, short ones are not")
  func paging() async throws {
    try await Sandbox.withoutDatabase { sandbox in
      let pager = ["PAGER": "sed 's/^/paged: /'", "LESS": ""]
      let years = (1900..<1960).map(String.init).joined(separator: " ")
      try await Screen.running("\"$DOSSIER\" edtf \(years)", in: sandbox, with: pager) { screen in
        try await screen.wait(for: "ended")
        #expect(try await screen.text().contains { $0.hasPrefix("paged: 1959") })
      }
      try await Screen.running("\"$DOSSIER\" edtf 1927", in: sandbox, with: pager) { screen in
        try await screen.wait(for: "ended")
        #expect(try await screen.text().contains { $0.hasPrefix("1927") })
      }
      try await Screen.running("\"$DOSSIER\" edtf \(years) --no-pager", in: sandbox, with: pager) {
        screen in
        try await screen.wait(for: "ended")
        #expect(try await screen.text().contains { $0.hasPrefix("1959") })
      }
    }
  }

  @Test("A text that is not given is written in the editor")
  func editor() async throws {
    try await Sandbox.withCasebook { sandbox in
      let editor = ["EDITOR": "sed -i '1i From the editor.'"]
      try await Screen.running("\"$DOSSIER\" annotate smith", in: sandbox, with: editor) { screen in
        try await screen.wait(for: "ended")
        #expect(try await screen.text().last == "status 0")
      }
      let list = try await sandbox("annotation", "list", "--format", "json")
      #expect(try list.json["annotations"]?[0]?["text"] == "From the editor.")
    }
  }

  @Test("A text that is left empty writes nothing")
  func emptyText() async throws {
    try await Sandbox.withCasebook { sandbox in
      try await Screen.running("\"$DOSSIER\" annotate smith", in: sandbox, with: ["EDITOR": "true"])
      {
        screen in
        try await screen.wait(for: "ended")
        let text = try await screen.text()
        #expect(text.joined(separator: " ").contains("was left empty, and nothing was written"))
        #expect(text.last == "status 65")
      }
    }
  }

  @Test("Ctrl-C ends it with 130, quietly, and nothing is written")
  func interrupt() async throws {
    try await Sandbox.withCasebook { sandbox in
      // The editor that never comes back, once it has said that it is there.
      let editor = ["EDITOR": "signal editing; tail -f /dev/null #"]
      try await Screen.running("\"$DOSSIER\" annotate smith", in: sandbox, with: editor) { screen in
        try await screen.wait(for: "editing")
        try await screen.type("C-c")
        try await screen.wait(for: "ended")
        let text = try await screen.text()
        #expect(text == ["^Cstatus 130"])
      }
      let list = try await sandbox("annotation", "list", "--format", "json")
      #expect(try list.json["annotations"]?.arrayValue?.isEmpty == true)
    }
  }

  @Test("Colour on a screen, unless NO_COLOR says otherwise")
  func color() async throws {
    try await Sandbox.withoutDatabase { sandbox in
      let script = "\"$DOSSIER\" edtf 1927; NO_COLOR=1 \"$DOSSIER\" edtf 1927"
      try await Screen.running(script, in: sandbox) { screen in
        try await screen.wait(for: "ended")
        let lines = try await screen.styledText().filter { $0.contains("1927-01-01") }
        #expect(lines.map { $0.contains("\u{1B}[") } == [true, false])
      }
    }
  }
}
