import Casebook
@testable import Corpus
import Testing

/// How much the bundled corpus holds, compared with a list kept beside the tests, so that a claim that is lost, or turns
/// up twice, is noticed. After a change that is meant, copy the list that a failing test names over the old one.
struct FiguresTests {
  private static let list: String = {
    let parts = #filePath.split(separator: "/").dropLast(1).map(String.init)
    return "/" + (parts + ["figures.txt"]).joined(separator: "/")
  }()

  private func figures(_ files: CorpusFiles) -> String {
    var lines: [String] = []
    for file in files.cases {
      let citations =
        file.claims.reduce(0) { $0 + $1.citations.count }
        + file.annotations.reduce(0) { $0 + $1.citations.count }
      lines.append(
        "case \(file.file.id): \(file.claims.count) claims, \(citations) citations, "
          + "\(file.annotations.count) annotations, \(file.disputes.count) disputes")
    }
    let claims = files.cases.flatMap(\.claims)
    lines += counts(claims.map { "source \($0.draft.source ?? "")" })
    lines += counts(claims.map { "predicate \($0.draft.predicate)" })
    let citations = files.cases.flatMap { file in
      file.claims.flatMap(\.citations) + file.annotations.flatMap(\.citations)
    }
    lines += counts(citations.map { "work \($0.work)" })
    lines.append("predicates: \(files.vocabulary.count)")
    lines.append("sources: \(files.sources.count)")
    lines.append("tabulations: \(files.tabulations.count)")
    return lines.map { "\($0)\n" }.joined()
  }

  private func counts(_ names: [String]) -> [String] {
    Dictionary(grouping: names) { $0 }.map { "\($0.key): \($0.value.count)" }.sorted()
  }

  @Test func theCorpusHoldsWhatTheListSays() throws {
    let files = try #require(CorpusReader(bundled: "soviet-defectors")).read()
    let found = figures(files)
    let known = String(
      decoding: try FileSystem.bytes(of: Self.list, limit: 1 << 20), as: UTF8.self)
    guard found != known else { return }
    let fresh = "/tmp/dossier-corpus-figures.txt"
    try FileSystem.write(found, to: fresh)
    let old = Set(known.split(separator: "\n"))
    let new = Set(found.split(separator: "\n"))
    let lost = old.subtracting(new).sorted().map { "- \($0)" }
    let gained = new.subtracting(old).sorted().map { "+ \($0)" }
    Issue.record(
      """
      The corpus does not hold what figures.txt says; if that is meant, copy \(fresh) over it.
      \((lost + gained).joined(separator: "\n"))
      """)
  }
}
