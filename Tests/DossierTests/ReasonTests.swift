import Casebook
import StrictJSON
import Testing

@testable import dossier

@Suite("Reasons and lists")
struct ReasonTests {
  private static let record = "claim record smith birth.date 1919-01-13 -s book -l 'p. 41'"

  private func reasons(_ sandbox: Sandbox) async throws -> [String?] {
    let history = try await sandbox("history", "smith", "--format", "json")
    return try history.json["events"]?.arrayValue?.map { $0["data"]?["reason"]?.stringValue } ?? []
  }

  @Test("-m takes a reason as it stands, from standard input or from a file")
  func sources() async throws {
    try await Sandbox.withCasebook { sandbox in
      try sandbox.write("from a file\n", to: "why.txt")
      try await sandbox.done(Self.record)
      for (reason, input) in [
        ("as it stands", ""), ("-", "from standard input\n"), ("@why.txt", ""),
      ] {
        for verb in ["withdraw", "reinstate"] {
          let outcome = try await sandbox.run(
            ["claim", verb, "smith/c1", "-m", reason], input: input)
          try #require(outcome.status == 0, "\(outcome.errors)")
        }
      }
      let expected = ["as it stands", "from standard input", "from a file"]
      #expect(try await reasons(sandbox).compactMap { $0 } == expected.flatMap { [$0, $0] })
    }
  }

  @Test("A reason that is due and not given is asked for in the editor, once all else is in order")
  func editor() async throws {
    try await Sandbox.withCasebook { sandbox in
      try await sandbox.done(Self.record)
      let editor = ["EDITOR": "sed -i '1i Written in the editor.'"]
      try await Screen.running("\"$DOSSIER\" claim withdraw smith/c1", in: sandbox, with: editor) {
        screen in
        try await screen.wait(for: "ended")
        #expect(try await screen.text().last == "status 0")
      }
      #expect(try await reasons(sandbox).last == "Written in the editor.")
      // Nobody is asked why for what cannot be done.
      try await Screen.running(
        "\"$DOSSIER\" claim withdraw smith/c1", in: sandbox, with: ["EDITOR": "signal opened;"]
      ) { screen in
        try await screen.wait(for: "ended")
        let text = try await screen.text().joined(separator: " ")
        #expect(text.contains("smith/c1 is already withdrawn"))
        #expect(text.hasSuffix("status 65"))
      }
    }
  }

  @Test("Without a terminal a reason that is due has to be given")
  func missing() async throws {
    try await Sandbox.withCasebook { sandbox in
      try await sandbox.done(Self.record)
      let outcome = try await sandbox("claim", "withdraw", "smith/c1")
      #expect(outcome.errors == "dossier: the reason is missing. Give it with -m REASON.\n")
      #expect(outcome.status == 65)
    }
  }

  @Test(
    "A list with a gap, or with one thing twice, is refused",
    arguments: [
      ("smith,", "the list \"smith,\" has an empty place. Check its commas."),
      (",smith", "the list \",smith\" has an empty place. Check its commas."),
      ("", "the list \"\" has an empty place. Check its commas."),
      ("smith, smith", "the list \"smith, smith\" names smith twice. Name it once."),
    ])
  func lists(list: String, message: String) async throws {
    try await Sandbox.withCasebook { sandbox in
      let outcome = try await sandbox.run([
        "claim", "record", list, "birth.date", "1919", "-s", "book", "-l", "p. 41",
      ])
      #expect(outcome.errors == "dossier: \(message)\n")
      #expect(outcome.status == 64)
    }
  }

  @Test("Spaces after the commas of a list do no harm")
  func spaces() throws {
    #expect(
      try References.slugs("krivitsky, barmine ,orlov").map(\.text) == [
        "krivitsky", "barmine", "orlov",
      ])
  }
}
