import Casebook
import StrictJSON
import Testing

@Suite("Kinds of cases")
struct CaseKindTests {
  @Test(
    "A case of every kind is opened, listed, exported and imported", arguments: CaseKind.allCases)
  func everyKind(kind: CaseKind) async throws {
    try await Sandbox.withOffice { office in
      try await office.done("case open vienna --kind \(kind.rawValue) --name Vienna")
      try await office.done("claim record vienna statement 'seen at dusk' -s fbi-1955 -l 'p. 9'")
      let listed = try await office.json("case list --kind \(kind.rawValue)")["cases"]?.arrayValue
      #expect(listed?.contains { $0["slug"] == "vienna" } == true)
      #expect(listed?.allSatisfy { $0["kind"] == .string(kind.rawValue) } == true)
      #expect(try await office.done("case show vienna").output.contains("\(kind.rawValue) · "))
      try await office.done("export corpus files")
      #expect(try office.read("files/cases/vienna.yaml").contains("kind: \(kind.rawValue)\n"))
      let again = try await office.done("import corpus files -m again").output
      #expect(again.contains("nothing to do"))
    }
  }

  @Test("Another is refused with those there are")
  func refused() async throws {
    try await Sandbox.withOffice { office in
      try await office.expect([
        .init("case open x --kind ship", 64, "ship", "place", "work", "object"),
        .init("case list --kind ship", 64, "ship", "place", "work", "object"),
      ])
    }
  }

  @Test(
    "Each is an entity of its own kind in FollowTheMoney",
    arguments: [
      ("place", "Address"), ("work", "Document"), ("object", "Asset"), ("group", "Organization"),
    ])
  func entity(kind: String, schema: String) async throws {
    try await Sandbox.withOffice { office in
      try await office.done("case open thing --kind \(kind)")
      try await office.done("claim record thing statement 'The Thing' -s fbi-1955 -l 'p. 9'")
      let statements = try await office.done("export ftm").lines.filter { $0.contains("The Thing") }
      #expect(statements.contains { $0.contains("\"\(schema)\"") }, "\(statements)")
    }
  }
}
