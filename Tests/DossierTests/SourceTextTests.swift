import StrictJSON
import TestSupport
import Testing

@Suite("Texts of sources")
struct SourceTextTests {
  private static let monograph = """
    SOVIET DEFECTORS\r
    [p. 41]\r
    Gouzenko was born January 13, 1919, the son of a "lieu-\r
    tenant" in the army.\r
    [p. 42]\r
    He hid papers under his shirt.\r

    """

  private func withText(_ body: @Sendable (Sandbox) async throws -> Void) async throws {
    try await Sandbox.withOffice { office in
      try office.write(Self.monograph, to: "fbi.txt")
      try await office.done("source attach fbi-1955 fbi.txt")
      try await body(office)
    }
  }

  @Test("Every byte is kept, once; a new version stands beside the old one")
  func attached() async throws {
    try await withText { office in
      let head = try await office.head()
      #expect(try await office.done("source attach fbi-1955 fbi.txt").output == "nothing to do\n")
      #expect(try await office.head() == head)
      try await office.done("source text fbi-1955 -o again.txt")
      #expect(try office.read("again.txt") == Self.monograph)
      #expect(try await office.typed("source text fbi-1955 -o again.txt").status == 65)

      let first = try await office.json("source show fbi-1955")["source"]?["texts"]?[0]
      #expect(first?["passages"] == 2)
      #expect(first?["bytes"]?.integerValue == Self.monograph.utf8.count)
      #expect(first?["attachedBy"]?.stringValue == TestPerson.admin.role)
      try office.write("[p. 41]\nanother transcript\n", to: "next.txt")
      try await office.done("source attach fbi-1955 next.txt")
      let texts = try await office.json("source show fbi-1955")["source"]?["texts"]?.arrayValue
      #expect(texts?.count == 2)
      #expect(texts?.first == first)
      let old = try #require(first?["sha256"]?.stringValue).prefix(8)
      try await office.done("source text fbi-1955 --sha256 \(old) -o old.txt")
      #expect(try office.read("old.txt") == Self.monograph)
      let then = try await office.json("source text fbi-1955 --as-of @\(head) --page 42")
      #expect(then["passages"]?[0]?["text"] == "He hid papers under his shirt.\r\n")
      #expect(try await office.done("source show fbi-1955").output.contains("2 passages"))
    }
  }

  @Test("What is no text, or has no telling pages, is refused, and nothing is kept")
  func refused() async throws {
    try await Sandbox.withOffice { office in
      let before = try await office.head()
      try office.write(bytes: [0x61, 0xFF], to: "latin.txt")
      try office.write(bytes: [0x61, 0], to: "nul.txt")
      try office.write("", to: "empty.txt")
      try office.write("a\u{C}b", to: "sheets.txt")
      try office.write("[p. 1]\na\n[p. 1]\nb", to: "twice.txt")
      try office.write(
        bytes: [UInt8](repeating: 0x61, count: 1 << 24) + [0x61], to: "long.txt")
      try await office.expect([
        Refused("source attach fbi-1955 latin.txt", 65, "byte 1"),
        Refused("source attach fbi-1955 nul.txt", 65, "NUL at byte 1"),
        Refused("source attach fbi-1955 empty.txt", 65, "empty"),
        Refused("source attach fbi-1955 sheets.txt", 65, "--first-page"),
        Refused("source attach fbi-1955 twice.txt", 65, "line 3"),
        Refused("source attach fbi-1955 long.txt", 65, "longer than 16777216 bytes"),
        Refused("source attach fbi-1955 nowhere.txt", 66, "nowhere.txt"),
        Refused("source attach fbi-1995 twice.txt", 65, "line 3"),
        Refused("source text fbi-1955", 66, "dossier source attach fbi-1955 FILE"),
        Refused("quotes check fbi-1955", 66, "dossier source attach fbi-1955 FILE"),
      ])
      #expect(try await office.head() == before)
    }
  }

  @Test(
    "A file that is no plain text is called what it is, with what makes a text of it",
    arguments: [
      ("scan.pdf", Array("%PDF-1.7\n".utf8) + [0], "a PDF", "pdftotext -layout scan.pdf text.txt"),
      ("plain.pdf", Array("%PDF-1.4\nall of it text".utf8), "a PDF", "pdftotext -layout plain.pdf"),
      ("a.docx", Array("PK\u{3}\u{4}\0 word/document.xml".utf8), "a Word file (DOCX)", "pandoc"),
      (
        "a.odt", Array("PK\u{3}\u{4}mimetypeapplication/vnd.oasis.opendocument.text".utf8),
        "an OpenDocument file", "pandoc"
      ),
      ("a.epub", Array("PK\u{3}\u{4}mimetypeapplication/epub+zip".utf8), "an EPUB book", "pandoc"),
      ("a.zip", Array("PK\u{3}\u{4}\0".utf8), "a ZIP archive", "unzip a.zip"),
      ("a.doc", [0xD0, 0xCF, 0x11, 0xE0, 0], "an old Word file", "libreoffice"),
      ("a.rtf", Array(#"{\rtf1\ansi He fled.}"#.utf8), "an RTF file", "pandoc -t plain a.rtf"),
      ("a.html", Array("\n<!DOCTYPE html><p>He fled.".utf8), "an HTML page", "pandoc -t plain"),
      ("b.html", Array("<html><p>He fled.".utf8), "an HTML page", "pandoc -t plain b.html"),
      ("a.txt", [0xFF, 0xFE, 0x48, 0], "in UTF-16", "iconv -f UTF-16 -t UTF-8 a.txt"),
      ("a.png", [0x89, 0x50, 0x4E, 0x47, 0], "an image", "tesseract a.png"),
      ("a.jpg", [0xFF, 0xD8, 0xFF, 0xE0], "an image", "tesseract a.jpg"),
      ("a.tif", Array("II*\0".utf8), "an image", "tesseract a.tif"),
      ("a.djvu", Array("AT&TFORM\0".utf8), "a DjVu file", "djvutxt a.djvu"),
      ("a.gz", [0x1F, 0x8B, 8, 0], "a compressed file", "gunzip a.gz"),
    ] as [(String, [UInt8], String, String)])
  func otherKinds(name: String, bytes: [UInt8], kind: String, remedy: String) async throws {
    try await Sandbox.withCasebook { sandbox in
      try sandbox.write(bytes: bytes, to: name)
      try await sandbox.expect([
        Refused("source attach book \(name)", 65, "\(name) is \(kind), and no plain text", remedy),
        Refused("source attach book - < \(name)", 65, "standard input is \(kind)"),
      ])
    }
  }

  @Test("A quote that is not at its locator is refused, whichever way it comes")
  func quotes() async throws {
    try await withText { office in
      try office.write(
        "case,predicate,value,locator,quote\ngouzenko,fear,yes,p. 41,hid papers\n", to: "claims.csv"
      )
      try await office.done("export corpus out")
      let path = "out/cases/gouzenko.yaml"
      let text = try office.read(path)
      try office.write(text.replacing("born January 13", with: "born January 26"), to: path)
      let head = try await office.head()
      let record = "claim record gouzenko service.rank lieutenant -s fbi-1955"
      try await office.expect([
        Refused("\(record) -l 'p. 42' -q 'a lieutenant'", 65, "p. 41"),
        Refused(
          "\(record) -l 'p. 41' -q 'the son of a general'", 65, "“the son of a \"lieu- tenant”"),
        Refused("\(record) -l 'p. 99' -q 'never written anywhere'", 65, "--unchecked-quote"),
        Refused("\(record) -l 'p. 42' -q 'a lieutenant' --dry-run", 65, "p. 41"),
        Refused("claim correct gouzenko/c1 --kind locator -l 'p. 42' -m x", 65, "p. 41"),
        Refused(
          "claim correct gouzenko/c2 --kind transcription -q 'hid letters' -m x", 65, "hid papers"),
        Refused("import claims claims.csv -s fbi-1955", 65, "claims.csv:2"),
        Refused("import claims claims.csv -s fbi-1955 --dry-run", 65, "claims.csv:2"),
        Refused("import corpus out -m x", 65, "gouzenko.yaml"),
      ])
      #expect(try await office.head() == head)

      try await office.done("\(record) -l 'p. 41' -q 'a lieutenant'")
      try await office.done(
        "\(record) -l 'p. 42' -q 'a general' --with from=1943 --unchecked-quote")
      try await office.done("import claims claims.csv -s fbi-1955 --unchecked-quote")
      // Another source, and a claim without a quote, are as they were.
      try await office.done("claim record gouzenko height 170 -s riehle-2020 -l 'p. 1' -q anything")
      try await office.done("claim record derjabin height 170 -s fbi-1955 -l 'p. 99'")
    }
  }

  @Test("An edited case is held against the text, too")
  func edited() async throws {
    try await withText { office in
      let head = try await office.head()
      let edit = ["EDITOR": "sed -i 's/born January 13/born January 26/'"]
      let refused = try await office.typed("case edit gouzenko -m x", with: edit)
      #expect(refused.status == 65, "\(refused.errors)")
      #expect(refused.errors.contains("“born January 13, 1919” (p. 41)"), "\(refused.errors)")
      #expect(try await office.head() == head)
      try await office.done("case edit gouzenko -m x --unchecked-quote", with: edit)
    }
  }

  @Test("A check tells what was found, moved, changed and is missing, and changes nothing")
  func check() async throws {
    try await withText { office in
      for (value, locator, quote) in [
        ("1", "p. 41", "the son"), ("2", "p. 41", "under his shirt"),
        ("3", "p. 42", "hid letters under his shirt"), ("4", "p. 42", "quite another matter"),
      ] {
        try await office.done(
          "claim record derjabin statement \(value) -s fbi-1955 -l '\(locator)' -q '\(quote)' "
            + "--unchecked-quote")
      }
      let head = try await office.head()
      let outcome = try await office.typed("quotes check fbi-1955 --format json")
      #expect(outcome.status == 1)
      let counts = try outcome.json["counts"]
      #expect(
        counts
          == ["found": 2, "moved": 1, "changed": 1, "missing": 1, "unplaced": 0, "withoutQuote": 1])
      let quotes = try outcome.json["quotes"]?.arrayValue ?? []
      let findings = quotes.map { $0["finding"]?.stringValue ?? "" }
      #expect(findings == ["found", "moved", "changed", "missing", "found"])
      #expect(quotes[1]["places"]?[0]?["place"] == "p. 42")
      #expect(quotes[2]["places"]?[0]?["words"] == "hid papers under his shirt")
      let page = try await office.typed("quotes check fbi-1955 --case derjabin")
      #expect(page.status == 1)
      #expect(page.output.contains("4 quotes: 1 found, 1 moved, 1 changed, 1 missing"))
      #expect(!page.output.contains("“the son”"))
      let table = try await office.typed("quotes check fbi-1955 --format csv")
      #expect(table.status == 1 && table.lines.count == 6)
      #expect(try await office.typed("quotes check fbi-1955 --case gouzenko").status == 0)
      #expect(try await office.typed("quotes check fbi-1955 --case gouzenk").status == 66)
      #expect(
        try await office.typed("quotes check fbi-1955 --without-source fbi-1955").status == 66)
      #expect(try await office.head() == head)
    }
  }

  @Test("Undoing a correction brings back words that the text does not have")
  func undo() async throws {
    try await Sandbox.withOffice { office in
      try await office.done("claim correct gouzenko/c2 -q 'concealed' --kind transcription -m x")
      try await office.done("claim correct gouzenko/c2 -q 'hid papers' --kind transcription -m x")
      try office.write(Self.monograph, to: "fbi.txt")
      try await office.of(.analyst).done("source attach fbi-1955 fbi.txt")
      try await office.done("undo -m 'it was so'")
      #expect(try await office.json("claim show gouzenko/c2")["claim"]?["quote"] == "concealed")
    }
  }

  @Test("A page's claims stand beside its text where there is room, above it where there is not")
  func collation() async throws {
    try await withText { office in
      let line = "claim list --page 'p. 42' --source fbi-1955"
      let json = try await office.json(line)
      #expect(json["claims"]?.arrayValue?.count == 1)
      #expect(json["text"]?["passages"]?[0]?["place"] == "p. 42")
      #expect(try await office.json("claim list --page 'p. 42'")["text"] == nil)
      #expect(
        try await office.json("claim list --page 'p. 42' --without-source fbi-1955")["text"] == nil)
      let narrow = try await office.done(line, with: ["COLUMNS": "80"])
      let wide = try await office.done(line, with: ["COLUMNS": "130"])
      #expect(narrow.output.contains("He hid papers under his shirt."))
      #expect(wide.output.contains("He hid papers under his shirt."))
      #expect(wide.lines.allSatisfy { $0.count <= 130 })
      #expect(narrow.lines.count > wide.lines.count)
      let absent = try await office.done("claim list --page 'p. 43' --source fbi-1955")
      #expect(absent.errors.contains("no mark for p. 43"))
    }
  }

  @Test("A restored log knows the text by its digest, and takes the file again")
  func restored() async throws {
    try await withText { office in
      try await office.done("log export > notes.ndjson")
      try await office.done("source text fbi-1955 -o kept.txt")
      try await Sandbox.withDatabase { other in
        try other.write(office.read("notes.ndjson"), to: "notes.ndjson")
        try other.write(office.read("kept.txt"), to: "kept.txt")
        try await other.done("log import notes.ndjson")
        let verified = try await other.json("log verify")
        #expect(verified["texts"]?["notKept"]?[0]?["source"] == "fbi-1955")
        try await other.expect([
          Refused("source text fbi-1955", 65, "dossier source attach fbi-1955 FILE"),
          Refused(
            "claim record gouzenko fear yes -s fbi-1955 -l 'p. 41' -q son", 65,
            "dossier source attach fbi-1955 FILE"),
        ])
        let head = try await other.head()
        try await other.done("source attach fbi-1955 kept.txt")
        #expect(try await other.head() == head)
        try await other.done("source text fbi-1955 -o again.txt")
        #expect(try other.read("again.txt") == Self.monograph)
        #expect(try await other.json("log verify")["texts"]?["intact"] == 1)
      }
    }
  }

  @Test("A text that was changed in the database is found")
  func damaged() async throws {
    try await withText { office in
      #expect(try await office.json("log verify")["texts"]?["intact"] == 1)
      try await office.tamper(
        """
        ALTER TABLE dossier.source_text DISABLE TRIGGER refuse_change;
        UPDATE dossier.source_text SET text = replace(text, 'papers', 'letters');
        """)
      let verified = try await office.typed("log verify")
      #expect(verified.status == 1)
      #expect(verified.output.contains("fbi-1955: the text"))
      let doctor = try await office.typed("doctor")
      #expect(doctor.status == 1)
      #expect(doctor.output.contains("texts of notes"))
      // Nothing of it is shown, written or quoted from.
      let written = try await office.written()
      for line in [
        "source text fbi-1955", "source text fbi-1955 --page 'p. 42'",
        "source text fbi-1955 -o out.txt", "quotes check fbi-1955",
        "claim record gouzenko statement 'hid letters' -s fbi-1955 -l 'p. 42' -q 'letters'",
        "claim record gouzenko statement 'hid letters' -s fbi-1955 -l 'p. 42' -q 'papers' --dry-run",
      ] {
        let refused = try await office.typed(line)
        #expect(refused.status == 78, "\(line): \(refused.errors)")
        #expect(refused.output.isEmpty, "\(line)")
        for word in ["fbi-1955", "does not give its SHA-256", "dossier log verify"] {
          #expect(refused.errors.contains(word), "\(line): \(refused.errors)")
        }
      }
      #expect(throws: (any Error).self) { try office.read("out.txt") }
      let page = try await office.typed("claim list --source fbi-1955 --page 42")
      #expect(page.status == 0 && !page.output.contains("letters"))
      #expect(page.errors.contains("does not give its SHA-256"))
      #expect(try await office.written() == written)
    }
  }
}
