import StrictJSON
import Testing

@Suite("Exports")
struct ExportTests {
  @Test("A directory that holds something else is written to only with --overwrite")
  func overwrite() async throws {
    try await Sandbox.withCasebook { sandbox in
      try sandbox.write("Dear", to: "full/letter.txt")
      let refused = try await sandbox.typed("export corpus full")
      #expect(refused.status == 65 && refused.errors.contains("--overwrite"))
      try await sandbox.done("export corpus full --overwrite")
      try sandbox.write("case: stray\nkind: person\n", to: "full/cases/stray.yaml")
      let stray = try await sandbox.typed("export corpus full")
      #expect(stray.status == 65 && stray.errors.contains("--overwrite"))
    }
  }

  @Test("What the corpus form has no place for is counted on standard error")
  func leftOut() async throws {
    try await Sandbox.withCasebook { sandbox in
      let whole = try await sandbox.done("export corpus whole")
      #expect(whole.errors.isEmpty)
      for line in [
        "source grade book B -m 'an eye-witness'", "annotate book 'The second printing.'",
        "annotate casebook 'Begun in March.'",
        "claim record smith birth.date 1919 -s book -l 'p. 41'", "annotate smith/c1 'A remark.'",
        "claim withdraw smith/c1 -m 'another Smith'", "case close smith -m complete",
      ] {
        try await sandbox.done(line)
      }
      let partial = try await sandbox.done("export corpus partial")
      #expect(
        partial.errors.split(separator: "\n") == [
          "left out: remarks about what is withdrawn or resolved: 1",
          "left out: annotations of sources: 1",
          "left out: annotations of tabulations and of the casebook: 1",
          "left out: grades of sources: 1", "left out: cases' being closed: 1",
        ])
    }
  }
}
