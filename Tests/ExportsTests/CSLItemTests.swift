import Casebook
import EDTF
import StrictJSON
import Testing

@testable import Exports

@Suite("Sources as CSL-JSON") struct CSLItemTests {
  @Test("What CSL knows is carried over, names and dates in its own form; the rest is left out")
  func fields() throws {
    let item = try ChicagoTests.item(
      "A Work", issued: "1939-04-05",
      [
        "type": "book", "author": "A. Writer", "accessed": "2024-04-28", "volume": 3,
        "shelf-mark": "X 12",
      ])
    #expect(
      item.json == [
        "id": "work", "type": "book", "title": "A Work", "issued": ["date-parts": [[1939, 4, 5]]],
        "author": [["literal": "A. Writer"]], "accessed": ["date-parts": [[2024, 4, 28]]],
        "volume": 3, "custom": ["basis": "notes@1"],
      ])
  }

  @Test(
    "A date that is not one of a calendar is put in words",
    arguments: [
      ("1928~", ["date-parts": [[1928]], "circa": true]),
      ("1928?", ["literal": .string(try! EDTF("1928?").inWords)]),
      ("1923/1925", ["literal": .string(try! EDTF("1923/1925").inWords)]),
      ("193X", ["literal": .string(try! EDTF("193X").inWords)]),
      // As date fields pandoc 3.9 loses these without a word.
      ("1954/..", ["literal": .string(try! EDTF("1954/..").inWords)]),
      ("../1954", ["literal": .string(try! EDTF("../1954").inWords)]),
      ("1954-XX", ["literal": .string(try! EDTF("1954-XX").inWords)]),
    ] as [(String, JSON)])
  func dates(issued: String, json: JSON) throws {
    #expect(try ChicagoTests.item("A Work", issued: issued).json["issued"] == json)
  }

  @Test("A kind of work that CSL does not know is a document")
  func type() throws {
    #expect(try ChicagoTests.item("A Work", ["type": "dossier"]).json["type"] == "document")
  }
}
