import Analysis
import Calendar
import Casebook
import Corpus
import FoundationEssentials
import Testing

/// What the bundled sources' own claims say to each count that they state, compared with a list kept beside the tests, so
/// that a claim that changes a verdict is noticed. After a change that is meant, copy the list that a failing test names
/// over the old one.
@Suite("The bundled counts") struct BundledVerdictTests {
  private static let list = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "verdicts.txt")

  private func results() throws -> [TabulationResult] {
    let files = try #require(CorpusReader(bundled: "soviet-defectors")).read()
    var state = CasebookState()
    var position: Int64 = 0
    func append(_ event: Event, _ stream: StreamAddress, _ voice: Slug?) throws {
      position += 1
      try state.evolve(
        Fact(
          position: position, stream: stream, streamVersion: state.version(of: stream) + 1,
          voice: voice, recordedAt: Instant(microseconds: 0), recordedBy: "", event: event))
    }
    let casebook = files.casebook.content
    try append(.casebookCreated(casebook), StreamAddress(.casebook, casebook.slug), nil)
    for command in try CorpusImporter.planForNewCasebook(files).commands {
      for decision in try command.decide(on: state) {
        try append(decision.event, decision.stream, decision.voice)
      }
    }
    let wanted = files.tabulations.map(\.content.id)
    var tabulator = try Tabulator(wanted, in: state)
    for file in state.cases.values { tabulator.add(file) }
    return tabulator.results
  }

  @Test("they are as the list says")
  func verdicts() throws {
    let found = try results().map { result in
      let lines = Outcome.allCases.map { outcome in
        let findings = result.findings.filter { $0.outcome == outcome }
        let names = findings.map { finding in
          finding.slug.text + (outcome == .yes && !finding.isFirm ? "*" : "")
        }
        return "  \(outcome.rawValue) \(names.count): \(names.joined(separator: " "))\n"
      }
      let differing = result.disagreements.map { "\($0.slug) \($0.found?.rawValue ?? "outside")" }
      let named = differing.isEmpty ? "" : "  named, but: \(differing.joined(separator: ", "))\n"
      return "\(result.content.id): \(result.verdict.rawValue)\n\(lines.joined())\(named)"
    }.joined()
    let known = String(decoding: try Data(contentsOf: Self.list), as: UTF8.self)
    guard found != known else { return }
    let fresh = "/tmp/dossier-verdicts.txt"
    try Data(found.utf8).write(to: URL(filePath: fresh))
    Issue.record(
      "The counts are not what verdicts.txt says; if that is meant, copy \(fresh) over it.")
  }
}
