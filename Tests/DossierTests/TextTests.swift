import StrictJSON
import Testing

@testable import dossier

@Suite("Text from outside")
struct TextTests {
  @Test(
    "The first byte that no character can have there is found",
    arguments: [
      ([], nil), (Array("Дерябин 👍".utf8), nil), ([0x61, 0xFF], 1), ([0xC3], 0),
      ([0x61, 0xE2, 0x82], 1),
      ([0xC0, 0x80], 0), ([0xED, 0xA0, 0x80], 0), ([0xF4, 0x90, 0x80, 0x80], 0),
      ([0xE0, 0x80, 0x80], 0),
      ([0x61, 0x62, 0x80], 2), ([0xF0, 0x9F, 0x91, 0x8D, 0x80], 4),
    ] as [([UInt8], Int?)])
  func invalid(bytes: [UInt8], offset: Int?) {
    #expect(UTF8Text.firstInvalidByte(in: bytes) == offset)
    #expect((String(validating: bytes, as: UTF8.self) == nil) == (offset != nil))
  }

  @Test("Text comes from an argument, standard input or a file, as it is")
  func sources() async throws {
    try await Sandbox.withCasebook { sandbox in
      try sandbox.write("\u{FEFF}from a file, in two\r\nlines\n\n", to: "note.txt")
      for (arguments, input) in [
        (["annotate", "smith", "from an argument"], ""),
        (["annotate", "smith", "-"], "from standard input: Дерябин\n"),
        (["annotate", "smith", "@note.txt"], ""),
      ] {
        let outcome = try await sandbox.run(arguments, input: input)
        #expect(outcome.status == 0, "\(outcome.errors)")
      }
      let list = try await sandbox("annotation", "list", "--format", "json")
      let texts = try list.json["annotations"]?.arrayValue?.map { $0["text"]?.stringValue }
      #expect(
        texts == [
          "from an argument", "from standard input: Дерябин", "from a file, in two\r\nlines",
        ])
    }
  }

  @Test(
    "Text that is none is refused with its byte, and nothing is written",
    arguments: [
      (
        #"printf 'ab\xff' | "$DOSSIER" annotate smith -"#, 65, "standard input is not UTF-8: byte 2"
      ),
      (#"printf 'a\0b' | "$DOSSIER" annotate smith -"#, 65, "standard input has a NUL at byte 1"),
      (#""$DOSSIER" annotate smith @missing.txt"#, 66, "there is no file missing.txt"),
      (#""$DOSSIER" annotate smith"#, 64, "the text of the annotation is missing"),
      (
        #"head -c 1100000 /dev/zero | tr '\0' x | "$DOSSIER" annotate smith -"#, 65,
        "standard input is longer than 1048576 bytes"
      ),
    ])
  func refusals(script: String, status: Int32, message: String) async throws {
    try await Sandbox.withCasebook { sandbox in
      let outcome = try await sandbox.shell(script)
      #expect(outcome.status == status)
      #expect(outcome.errors.hasPrefix("dossier: \(message)"))
      let list = try await sandbox("annotation", "list", "--format", "json")
      #expect(try list.json["annotations"]?.arrayValue?.isEmpty == true)
    }
  }
}
