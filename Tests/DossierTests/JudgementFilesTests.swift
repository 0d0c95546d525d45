import StrictJSON
import Testing

@Suite("Conclusions and identities in files")
struct JudgementFilesTests {
  /// Writes a casebook in which analysts have judged to `out`.
  private static func furnish(_ office: Sandbox) async throws {
    for line in [
      "conclude gouzenko birth.date 1919-01-13 --on gouzenko/c1,gouzenko/c3 -m 'the passport' "
        + "--likelihood likely --confidence moderate",
      "annotate gouzenko/k2 'Ask the archive.'",
      "case identity gouzenko derjabin --unsure -m 'one photograph'",
      "export corpus out",
    ] {
      try await office.done(line)
    }
  }

  @Test("They go out and come back; the same files change nothing, others are written alike")
  func roundTrip() async throws {
    try await Sandbox.withOffice { office in
      try await Self.furnish(office)
      let same = try await office.done("import corpus out")
      #expect(same.output.hasSuffix("nothing to do in notes\n"), "\(same.output)")

      try office.write(
        office.read("out/casebook.yaml").replacing("notes", with: "copy"), to: "out/casebook.yaml")
      try await office.done("import corpus out")
      let drawn = try await office.json("conclusion list --case gouzenko --casebook copy")[
        "conclusions"]
      let adopted = drawn?.arrayValue?.first { $0["predicate"] == "birth.date" }
      #expect(adopted?["value"] == "1919-01-13" && adopted?["likelihood"] == "likely")
      #expect(adopted?["on"]?.arrayValue?.count == 2)
      let identities = try await office.json("case show derjabin --casebook copy")["identities"]
      #expect(identities?[0]?["judgement"] == "unsure")
      let again = try await office.done("import corpus out")
      #expect(again.output.hasSuffix("nothing to do in copy\n"), "\(again.output)")
      try await office.done("export corpus again --casebook copy")
      for file in ["gouzenko", "derjabin"] {
        #expect(
          try office.read("again/cases/\(file).yaml") == office.read("out/cases/\(file).yaml"))
      }
    }
  }

  @Test("A changed line is a revision or another judgement, a removed one is withdrawn on request")
  func changed() async throws {
    try await Sandbox.withOffice { office in
      try await Self.furnish(office)
      let path = "out/cases/gouzenko.yaml"
      let text = try office.read(path)
      try office.write(
        text.replacing("confidence: moderate", with: "confidence: high")
          .replacing("judgement: unsure", with: "judgement: different"), to: path)
      #expect(try await office.typed("import corpus out").status == 65)
      let change = try await office.done("import corpus out -m 'seen the passport'")
      #expect(change.output.contains("2 corrected"), "\(change.output)")
      let shown = try await office.json("case show gouzenko")
      #expect(shown["conclusions"]?[1]?["confidence"] == "high")
      #expect(
        try await office.json("case show derjabin")["identities"]?[0]?["judgement"] == "different")

      try await office.done("export corpus out")
      try office.write(office.read(path).withoutConclusions, to: path)
      #expect(try await office.done("import corpus out").output.contains("missing"))
      try await office.done("import corpus out --withdraw-missing -m 'too early'")
      #expect(try await office.json("case show gouzenko")["conclusions"] == [])
    }
  }

  @Test("They are edited with their case")
  func edited() async throws {
    try await Sandbox.withOffice { office in
      try await Self.furnish(office)
      let untouched = try await office.done("case edit gouzenko", with: ["EDITOR": "true"])
      #expect(untouched.errors == "nothing changed\n")
      let edited = try await office.done(
        "case edit gouzenko -m 'looked again'",
        with: ["EDITOR": "sed -i 's/basis: nobody.*/basis: two witnesses/;s/unsure/same/'"])
      #expect(edited.output.contains("revised gouzenko/k1"), "\(edited.output)")
      let shown = try await office.json("case show gouzenko")
      #expect(shown["conclusions"]?[0]?["basis"] == "two witnesses")
      #expect(shown["identities"]?[0]?["judgement"] == "same")
      let refused = try await office.typed(
        "case edit gouzenko -m less", with: ["EDITOR": "sed -i '/^identities:/,$d'"])
      #expect(refused.status == 65 && refused.errors.contains("not taken away"))
    }
  }
}

extension String {
  /// A case's text without its conclusions and what is noted of them.
  fileprivate var withoutConclusions: String {
    replacing(/conclusions:\n( .*\n)*/, with: "")
      .replacing(/\ \ - id: a2\n(    .*\n)*/, with: "")
  }
}
