import Casebook
import Testing

@Suite("References") struct ReferenceTests {
  @Test(
    "every form is read and written alike",
    arguments: [
      ("gouzenko", Reference.file("gouzenko")),
      ("gouzenko/c12", .item(ItemReference("gouzenko", .claim, 12))),
      ("gouzenko/n5", .item(ItemReference("gouzenko", .citation, 5))),
      ("fbi-1955/a3", .item(ItemReference("fbi-1955", .annotation, 3))),
      ("gouzenko/d1", .item(ItemReference("gouzenko", .dispute, 1))),
      ("gouzenko/k2", .item(ItemReference("gouzenko", .conclusion, 2))),
      ("casebook/a2", .item(ItemReference("casebook", .annotation, 2))),
      ("tabulation/fourteen", .tabulation("fourteen")),
      ("tabulation/c1", .tabulation("c1")),
      ("@412", .event(412)), ("@9223372036854775807", .event(.max)),
    ])
  func valid(_ text: String, _ reference: Reference) throws {
    #expect(try Reference(text) == reference)
    #expect(reference.description == text)
  }

  @Test(
    "these are no references: each thing has one name",
    arguments: [
      "gouzenko/", "gouzenko/12", "gouzenko/c", "gouzenko/c0", "gouzenko/c01", "gouzenko/c+1",
      "gouzenko/c-1", "gouzenko/c1.5", "gouzenko/C1", "gouzenko/x1", "gouzenko/c1/a1",
      "gouzenko/c99999999999999999999", "gouzenko/c1000000000", "gouzenko/c１", "gouzenko/c1 ",
      "@", "@0", "@-1", "@+1", "@01", "@x", "@9223372036854775808",
    ])
  func invalid(_ text: String) throws {
    let refusal = try #require(throws: Refusal.self) { try Reference(text) }
    #expect(refusal.rule == .badReference)
    #expect(refusal.message.contains("\"\(text)\""))
    #expect(refusal.remedy?.contains("@412") == true)
  }

  @Test(
    "a bad home is a bad short name", arguments: ["", "/c1", "Gouzenko", "Gouzenko/c1", "a b/c1"])
  func badHome(_ text: String) throws {
    let refusal = try #require(throws: Refusal.self) { try Reference(text) }
    #expect(refusal.rule == .badSlug)
  }

  @Test("an item belongs to its home; tabulations and events belong to the casebook")
  func home() {
    #expect(Reference.file("gouzenko").home == "gouzenko")
    #expect(("gouzenko/c1" as Reference).home == "gouzenko")
    #expect(("tabulation/x" as Reference).home == nil)
    #expect(("@4" as Reference).home == nil)
  }

  @Test("an item alone is read the same way, and nothing else is an item")
  func items() throws {
    let item: ItemReference = "gouzenko/c12"
    #expect(item.local == "c12")
    for text in ["gouzenko", "@4", "a/b/c1"] {
      #expect(throws: Refusal.self) { try ItemReference(text) }
    }
  }
}
