@testable import Corpus
import Testing

@Suite("Bibliographic data in files")
struct BibliographyTests {
  @Test(
    "A field or type that CSL does not know is refused on its line",
    arguments: [
      ("{autor: x}", "\"autor\" is no field of CSL 1.0.2; did you mean \"author\"?"),
      ("{type: boook}", "\"boook\" is no type of CSL 1.0.2; did you mean \"book\"?"),
      ("{Publisher: x}", "\"Publisher\" is no field of CSL 1.0.2; did you mean \"publisher\"?"),
      ("{type: [book]}", "the type is not a text, such as \"book\""),
    ])
  func refused(csl: String, message: String) throws {
    let problem = try #require(problems(csl).first)
    #expect(problem.message == "csl: \(message)" && problem.line == 3)
  }

  @Test(
    "What it knows is taken",
    arguments: [
      "{type: personal_communication, URL: x, archive_location: y, custom: {any: z}}",
      "{author: [{family: Orlov}], event-date: 1955, number-of-pages: 3, keyword: x}",
    ])
  func taken(csl: String) throws {
    #expect(try problems(csl).isEmpty)
  }

  private func problems(_ csl: String) throws -> [Problem] {
    let log = ProblemLog()
    let root = try #require(
      YAMLNode("- source: x\n  title: X\n  csl: \(csl)\n", of: "sources.yaml", log))
    _ = SourcesReader(file: "sources.yaml", log: log).read(root)
    do { try log.check() } catch { return error.problems }
    return []
  }
}
