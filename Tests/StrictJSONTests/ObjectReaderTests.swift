import StrictJSON
import Testing

@Suite struct ObjectReaderTests {
  private static let claim: JSON = [
    "predicate": "birth.date", "revision": 3, "disputed": false, "quote": "born",
    "tags": ["slip", "date"], "value": ["date": "1937"], "citations": [["n": 1], ["n": 2]],
    "changes": .null,
  ]

  private func message(_ body: () throws(JSONError) -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return error.description
    }
  }

  @Test func `members are read by name and kind, and all of them are accounted for`() throws {
    var reader = try JSONObjectReader(Self.claim, path: "claims[3]")
    #expect(try reader.string("predicate") == "birth.date")
    #expect(try reader.integer("revision") == 3)
    #expect(try reader.boolean("disputed") == false)
    #expect(try reader.optionalString("quote") == "born")
    #expect(try reader.strings("tags") == ["slip", "date"])
    #expect(try reader.object("value") == ["date": "1937"])
    #expect(try reader.array("citations").count == 2)
    #expect(try reader.required("changes") == .null)
    try reader.finish()
  }

  @Test func `members that were left out are nil where they may be`() throws {
    var reader = JSONObjectReader([:] as JSONObject)
    #expect(reader.optional("a") == nil)
    #expect(try reader.optionalString("a") == nil)
    #expect(try reader.optionalInteger("a") == nil)
    #expect(try reader.optionalBoolean("a") == nil)
    #expect(try reader.optionalObject("a") == nil)
    #expect(try reader.optionalArray("a") == nil)
    #expect(try reader.optionalStrings("a") == nil)
    #expect(try reader.optionalReader("a") == nil)
    #expect(try reader.readers("a").isEmpty)
    #expect(!reader.contains("a"))
  }

  @Test func `a field that is unknown is refused with the one that was meant`() throws {
    #expect(
      message { () throws(JSONError) in
        var reader = JSONObjectReader(
          ["predicate": "x", "quotte": "y"] as JSONObject, path: "claims[3]")
        _ = try reader.string("predicate")
        _ = try reader.optionalString("quote")
        try reader.finish()
      } == "claims[3].quotte: no field of this name is known here; did you mean “quote”?")
    #expect(
      message { () throws(JSONError) in
        try JSONObjectReader(["author": "me"] as JSONObject).finish()
      } == "author: no field of this name is known here")
  }

  @Test func `a field that is missing is refused, and a misspelling of it pointed out`() {
    #expect(
      message { () throws(JSONError) in
        var reader = JSONObjectReader(["locater": "p. 1"] as JSONObject, path: "claims[3]")
        _ = try reader.string("locator")
      } == "claims[3].locator: this field is missing; is “locater” a misspelling of it?")
    #expect(
      message { () throws(JSONError) in
        var reader = JSONObjectReader([:] as JSONObject)
        _ = try reader.required("locator")
      } == "locator: this field is missing")
  }

  @Test func `a field of another kind is refused with both kinds`() {
    func refusal(
      _ value: JSON, _ read: (inout JSONObjectReader) throws(JSONError) -> Void
    ) -> String? {
      message { () throws(JSONError) in
        var reader = JSONObjectReader(["k": value] as JSONObject, path: "a")
        try read(&reader)
      }
    }
    #expect(
      refusal(7) { r throws(JSONError) in _ = try r.string("k") }
        == "a.k: must be a string, but is 7")
    #expect(
      refusal(.null) { r throws(JSONError) in _ = try r.optionalString("k") }
        == "a.k: must be a string, but is null")
    #expect(
      refusal("7") { r throws(JSONError) in _ = try r.integer("k") }
        == "a.k: must be a whole number, but is a string")
    #expect(
      refusal(.number("7.5")) { r throws(JSONError) in _ = try r.optionalInteger("k") }
        == "a.k: must be a whole number, but is 7.5")
    #expect(
      refusal("true") { r throws(JSONError) in _ = try r.boolean("k") }
        == "a.k: must be true or false, but is a string")
    #expect(
      refusal([]) { r throws(JSONError) in _ = try r.object("k") }
        == "a.k: must be an object, but is a list")
    #expect(
      refusal([:]) { r throws(JSONError) in _ = try r.array("k") }
        == "a.k: must be a list, but is an object")
    #expect(
      refusal(["x", true]) { r throws(JSONError) in _ = try r.strings("k") }
        == "a.k[1]: must be a string, but is true")
    #expect(
      refusal([[:], 7]) { r throws(JSONError) in _ = try r.readers("k") }
        == "a.k[1]: must be an object, but is a number")
    #expect(
      message { () throws(JSONError) in _ = try JSONObjectReader([1] as JSON, path: "claims") }
        == "claims: must be an object, but is a list")
  }

  @Test func `a reader of an object within knows its path`() throws {
    var reader = try JSONObjectReader(Self.claim)
    var value = try reader.reader("value")
    #expect(value.path == "value")
    #expect(try value.string("date") == "1937")
    let second = try reader.readers("citations")[1]
    #expect(second.path == "citations[1]")
    #expect(second.path(of: "n") == "citations[1].n")
    #expect(second.path(of: "odd key") == "citations[1][\"odd key\"]")
    #expect(second.error("is no note", at: "n").description == "citations[1].n: is no note")
  }
}
