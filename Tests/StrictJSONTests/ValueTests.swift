import StrictJSON
import Testing

@Suite struct ValueTests {
  @Test func `strings are equal only when their bytes are`() {
    let composed = JSON.string("\u{E9}")
    let decomposed = JSON.string("e\u{301}")
    #expect(composed != decomposed)
    #expect(composed == .string("\u{E9}"))
    #expect(Set([composed, decomposed, composed]).count == 2)
  }

  @Test func `keys are the same only when their bytes are`() throws {
    let value = try JSON(parsing: "{\"\u{E9}\":1,\"e\u{301}\":2}")
    #expect(value["\u{E9}"] == 1)
    #expect(value["e\u{301}"] == 2)
  }

  @Test func `numbers are equal only when written alike`() {
    #expect(JSON.number("1") == 1)
    #expect(JSON.number("1.0") != 1)
    #expect(JSON.number("1") != JSON.string("1"))
  }

  @Test func `objects are equal whatever the order of their members`() {
    let one: JSON = ["a": 1, "b": ["c": 2, "d": 3]]
    let other: JSON = ["b": ["d": 3, "c": 2], "a": 1]
    #expect(one == other)
    #expect(one.hashValue == other.hashValue)
    #expect(one != ["a": 1, "b": ["c": 2, "d": 4]])
    #expect(one != ["a": 1, "x": ["c": 2, "d": 3]])
    #expect(one != ["a": 1])
    #expect(JSON.array([1, 2]) != [2, 1])
  }

  @Test func `setting a member appends, replaces or removes it`() {
    var object: JSONObject = ["a": 1, "b": 2]
    object["c"] = 3
    object["a"] = .null
    object["b"] = nil
    object["x"] = nil
    #expect(object.keys == ["a", "c"])
    #expect(object["a"] == JSON.null)
    #expect(object["b"] == nil)
    #expect(object.count == 2)
    #expect(!object.isEmpty)
    #expect(JSONObject().isEmpty)
  }

  @Test func `a key given twice keeps its last value in its first place`() {
    let object = JSONObject([("a", 1), ("b", 2), ("a", 3)])
    #expect(object.keys == ["a", "b"])
    #expect(object["a"] == 3)
  }

  @Test func `values of one kind are looked up, and nothing else`() {
    let value: JSON = ["s": "x", "i": 7, "b": true, "a": [1, 2], "o": ["k": "v"]]
    #expect(value["s"]?.stringValue == "x")
    #expect(value["i"]?.integerValue == 7)
    #expect(value["b"]?.booleanValue == true)
    #expect(value["a"]?.arrayValue?.count == 2)
    #expect(value["a"]?[1] == 2)
    #expect(value["a"]?[2] == nil)
    #expect(value["a"]?[-1] == nil)
    #expect(value["o"]?["k"] == "v")
    #expect(value["s"]?.integerValue == nil)
    #expect(value["i"]?.stringValue == nil)
    #expect(value["s"]?["k"] == nil)
    #expect(value["missing"] == nil)
    #expect(JSON.number("1.0").integerValue == nil)
    #expect(JSON.number("99999999999999999999").integerValue == nil)
    #expect(JSON.integer(Int64.min).integerValue == .min)
  }
}
