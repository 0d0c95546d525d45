import StrictJSON
import Testing

@Suite struct ClosestTests {
  private static let names = [
    "birth.date", "birth.place", "death.date", "krivitsky", "kravchenko", "orlov", "petrov",
    "petrova", "fbi-1955",
  ]

  @Test(arguments: [
    ("birth.dat", "birth.date"), ("brith.date", "birth.date"), ("Birth.Date", "birth.date"),
    ("krivitski", "krivitsky"), ("orlof", "orlov"), ("petrow", "petrov"), ("petrova", "petrova"),
    ("fbi1955", "fbi-1955"), ("fbi", "fbi-1955"), ("krav", "kravchenko"), ("PETROV", "petrov"),
  ])
  func `the nearest name is found`(written: String, meant: String) {
    #expect(closest(to: written, among: Self.names) == meant)
  }

  @Test(arguments: ["", "x", "kr", "birth", "gouzenko", "barmine", "completely different"])
  func `where none is near nothing is offered`(written: String) {
    #expect(closest(to: written, among: Self.names) == nil)
  }

  @Test func `nothing is near among no names`() {
    #expect(closest(to: "orlov", among: [String]()) == nil)
    #expect(closest(to: "a", among: ["b"]) == nil)
  }
}
