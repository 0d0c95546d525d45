import StrictJSON
import Testing

@Suite("Texts are kept as they are given")
struct VerbatimTests {
  private static let awkward = [
    "Robert'); DROP TABLE dossier.event;--", "$1 \\'; %s '' \"x\" {{y}} @gouzenko", "caf\u{E9}",
    "cafe\u{301}", "ﬁ ½ Å \u{212B}", "\u{1B}[31mred\u{1B}[0m\u{7}",
    "\u{202E}dnegel\u{202C} \u{2066}x\u{2069} \u{200F}", "one\ntwo\r\nthree\tfour",
    "👩‍👩‍👧‍👦 Жемчужина 陳", "\u{FEFF}marked", "a\u{1}",
  ]

  @Test("Whatever is in them: stored verbatim, shown to people escaped")
  func verbatim() async throws {
    try await Sandbox.withOffice { office in
      for (number, text) in Self.awkward.enumerated() {
        for arguments in [
          ["annotate", "gouzenko", text],
          [
            "claim", "record", "gouzenko", "statement", text, "-s", "fbi-1955", "-l", text, "-q",
            text, "--hedge", text, "--as-written", text, "--reports", text,
          ],
        ] {
          let outcome = try await office.run(arguments)
          #expect(outcome.status == 0, "\(text.debugDescription) \(outcome.errors)")
        }
        let stored = try await office.json("case show gouzenko")
        let claim = try #require(stored["claims"]?.arrayValue?.last)
        #expect(claim["ref"] == .string("gouzenko/c\(5 + number)"))
        for kept in [
          stored["annotations"]?.arrayValue?.last?["text"], claim["value"], claim["locator"],
          claim["quote"], claim["hedge"], claim["asWritten"], claim["attribution"]?["saidBy"],
        ] {
          #expect(kept?.stringValue.map { Array($0.utf8) } == Array(text.utf8))
        }
      }
      for line in [
        "case show gouzenko --quotes", "claim list", "history gouzenko -p", "audit gouzenko",
        "annotation list", "claim show gouzenko/c10", "timeline gouzenko", "diff gouzenko @1..",
        "log show @40", "case show gouzenko --format json", "claim list --format ndjson",
      ] {
        let shown = try await office.done(line).output
        let commands = shown.unicodeScalars.filter { scalar in
          (scalar.properties.generalCategory == .control && scalar != "\n")
            || "\u{202A}\u{202C}\u{202E}\u{2066}\u{2069}\u{200F}".unicodeScalars.contains(scalar)
        }
        #expect(commands.isEmpty, "\(line)")
      }
      try await office.expect([
        Refused("claim record gouzenko birth.date $'\\e[2J\\u202e' -s fbi-1955 -l 1", 65, "\\u{1b}")
      ])
    }
  }

  @Test("Two spellings of one letter are two texts: one can be corrected to the other")
  func composition() async throws {
    try await Sandbox.withOffice { office in
      let record = "claim record gouzenko statement caf\u{E9} -s fbi-1955 -l 'p. 1'"
      try await office.done(record)
      try await office.done(
        "claim correct gouzenko/c5 cafe\u{301} --kind transcription -m 'as it is'")
      let claim = try await office.json("claim show gouzenko/c5")["claim"]
      #expect(claim?["value"]?.stringValue.map { Array($0.utf8) } == Array("cafe\u{301}".utf8))
      try await office.done(record)
    }
  }
}
