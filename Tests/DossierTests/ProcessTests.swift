import StrictJSON
import Testing

@Suite("As a process")
struct ProcessTests {
  @Test("A reader who leaves early is no failure")
  func closedPipe() async throws {
    try await Sandbox.withCasebook { sandbox in
      let outcome = try await sandbox.shell(
        #""$DOSSIER" case list | true; echo "${PIPESTATUS[0]}"; "$DOSSIER" --help | true; echo "${PIPESTATUS[0]}""#
      )
      #expect(outcome.output == "0\n0\n")
      #expect(outcome.errors.isEmpty)
    }
  }

  @Test("An answer that cannot be written is a failure")
  func fullDisk() async throws {
    try await Sandbox.withoutDatabase { sandbox in
      let outcome = try await sandbox.shell(#""$DOSSIER" edtf 1927 > /dev/full"#)
      #expect(
        outcome.errors
          == "dossier: the answer could not be written: No space left on device.\n")
      #expect(outcome.status == 69)
    }
  }

  @Test(
    "Colour is for terminals, or for those who ask",
    arguments: [
      (["edtf", "1927"], [:], false),
      (["edtf", "1927", "--color", "always"], [:], true),
      (["edtf", "1927"], ["CLICOLOR_FORCE": "1"], true),
      (["edtf", "1927"], ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], false),
      (["edft", "--color=always"], [:], true),
      (["edft"], [:], false),
    ] as [([String], [String: String], Bool)])
  func color(arguments: [String], extra: [String: String], isColored: Bool) async throws {
    try await Sandbox.withoutDatabase { sandbox in
      let outcome = try await sandbox.run(arguments, with: extra)
      #expect((outcome.output + outcome.errors).contains("\u{1B}[") == isColored)
    }
  }

  @Test("A stream that is closed from the start is not taken by anything else")
  func closedStreams() async throws {
    try await Sandbox.withCasebook { sandbox in
      let outcome = try await sandbox.shell(
        #""$DOSSIER" annotate smith one >&- && "$DOSSIER" annotate smith two <&- >&- 2>&- && "$DOSSIER" annotate smith three 2>&- && "$DOSSIER" annotation list --format ndjson <&-"#
      )
      #expect(outcome.status == 0, "\(outcome.errors)")
      let texts = try outcome.lines.dropFirst().map { try JSON(parsing: $0)["text"]?.stringValue }
      #expect(texts == ["one", "two", "three"])
    }
  }

  @Test("Without a database it says where it looked and what to do")
  func noServer() async throws {
    try await Sandbox.withoutDatabase { sandbox in
      let outcome = try await sandbox.run(
        ["case", "list"], with: ["DATABASE_URL": "host=/nonexistent dbname=nothing"])
      #expect(outcome.status == 69)
      #expect(outcome.errors.contains("/nonexistent"))
      #expect(outcome.errors.hasSuffix("Check it with: dossier doctor.\n"))
      #expect(outcome.output.isEmpty)
    }
  }

  @Test("A database without the schema is a matter of configuration")
  func noSchema() async throws {
    try await Sandbox.withDatabase { sandbox in
      let url = try #require(sandbox.environment["DATABASE_URL"])
      let outcome = try await sandbox.run(
        ["case", "list"],
        with: ["DATABASE_URL": url.replacing(#/dbname=\S+/#, with: "dbname=postgres")])
      #expect(outcome.status == 78)
      #expect(outcome.errors.contains("dossier migrate"))
    }
  }
}
