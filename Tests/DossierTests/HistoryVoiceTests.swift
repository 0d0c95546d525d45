import StrictJSON
import Testing

@Suite("One source's history")
struct HistoryVoiceTests {
  @Test(
    "Nothing of another voice is in it: no recorder, no reason, no other source",
    arguments: [[], ["-p"], ["--format", "json"], ["--format", "ndjson"], ["--format", "csv"]])
  func narrowed(form: [String]) async throws {
    try await Sandbox.withCasebook { sandbox in
      let recorder = try #require(
        try await sandbox("log", "show", "@1", "--format", "json").json["events"]?[0]?[
          "recordedBy"]?
          .stringValue)
      for line in [
        "source add memoir --title M",
        "claim record smith statement booksays -s book -l 'p. 41'",
        "claim record smith statement memoirsays -s memoir -l 'p. 1'",
        "claim correct smith/c1 bookmeans --kind transcription -m thereason",
        "claim withdraw smith/c1 -m thereason",
        "claim reinstate smith/c1 -m thereason",
        "claim dispute smith/c1 -m thegrounds",
        "annotate smith/c1 theremark",
      ] {
        try await sandbox.done(line)
      }
      let whole = try await sandbox.run(["history", "smith"] + form)
      for text in [recorder, "memoirsays", "thereason", "thegrounds", "theremark"]
      where !(form.isEmpty && text == "thegrounds") {
        #expect(whole.output.contains(text), "\(text)")
      }
      let narrowed = try await sandbox.run(["history", "smith", "--source", "book"] + form)
      #expect(narrowed.status == 0, "\(narrowed.errors)")
      #expect(narrowed.output.contains("booksays"))
      #expect(narrowed.output.contains("bookmeans"))
      for text in [recorder, "memoir", "thereason", "thegrounds", "theremark", "John Smith"] {
        #expect(!narrowed.output.contains(text), "\(text)")
      }
    }
  }
}
