import StrictJSON
import Testing

@Suite struct RefusalTests {
  @Test(arguments: [
    "", " ", "\u{FEFF}", "{", "}", "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "{\"a\"}",
    "{\"a\":}", "{\"a\":1,}", "{,}", "{\"a\" 1}", "{a:1}", "{'a':1}", "{1:1}", "{\"a\":1 \"b\":2}",
    "nul", "nulll", "True", "NULL", "tru", "undefined", "NaN", "Infinity", "-Infinity", "-", "+1",
    "01", "-01", "00", "1.", ".5", "1.e5", "1e", "1e+", "0x10", "1_000", "1,5", "١",
    "1 2", "{} {}", "null,", "// comment\n1", "/* */ 1", "1 // comment", "\u{A0}1",
    "\"", "\"a", "'a'", "\"\\\"", "\"\\x41\"", "\"\\u12\"", "\"\\u12G4\"", "\"\\u\"", "\"\\\n\"",
    "\"\\a\"", "\"\\U0041\"", "\"\\", "\"\\u00", "\"a\tb\"", "\"a\nb\"", "\"a\u{1F}b\"",
    "\"\\uD83D\"", "\"\\uDE00\"", "\"\\uD83D\\u0041\"", "\"\\uD83Dx\"", "\"\\uDE00\\uD83D\"",
    "\"\\uD83D\\uD83D\\uDE00\"", "\"\\uD83D\\n\"",
    "\"a\u{0}b\"", "\"\\u0000\"", "{\"\\u0000\":1}", "\u{0}", "1\u{0}",
    "1e400", "-1e400", "1e309", "1.8e308", "1e99999999999", "1e-400", "-0.1e-999",
    "{\"a\":1,\"a\":1}", "{\"a\":1,\"\\u0061\":2}", "{\"é\":1,\"b\":2,\"é\":3}",
  ])
  func `a text that is not strict JSON is refused`(text: String) {
    let error = #expect(throws: JSONError.self) { try JSON(parsing: text) }
    #expect(error?.message.isEmpty == false)
    #expect(error.map { 0...text.utf8.count ~= $0.offset ?? -1 } == true)
    #expect(error?.line != nil)
    #expect(error?.column != nil)
  }

  @Test(
    arguments: [
      ([0x22, 0x80, 0x22], 1), ([0x22, 0xC0, 0x80, 0x22], 1), ([0x22, 0x61, 0xC3, 0x22], 2),
      ([0x22, 0xE0, 0x80, 0x80, 0x22], 1), ([0x22, 0xED, 0xA0, 0x80, 0x22], 1),
      ([0x22, 0xF0, 0x80, 0x80, 0x80, 0x22], 1), ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], 1),
      ([0x22, 0xF5, 0x80, 0x80, 0x80, 0x22], 1), ([0x22, 0xFF, 0x22], 1), ([0xFF], 0),
      ([0x31, 0x20, 0xE9], 2), ([0x22, 0xE2, 0x82], 1), ([0x5B, 0xFE, 0x5D], 1),
      ([0xEF, 0xBB, 0xBF, 0x22, 0xFF, 0x22], 4),
    ] as [([UInt8], Int)])
  func `invalid UTF-8 is refused at its byte`(bytes: [UInt8], offset: Int) {
    let error = #expect(throws: JSONError.self) { try JSON(parsing: bytes) }
    #expect(error?.offset == offset)
    #expect(error?.message == "the text is not valid UTF-8 at byte offset \(offset)")
  }

  @Test(
    arguments: [
      ([0x22, 0xC2, 0x80, 0x22], "\u{80}"), ([0x22, 0xDF, 0xBF, 0x22], "\u{7FF}"),
      ([0x22, 0xE0, 0xA0, 0x80, 0x22], "\u{800}"), ([0x22, 0xED, 0x9F, 0xBF, 0x22], "\u{D7FF}"),
      ([0x22, 0xEE, 0x80, 0x80, 0x22], "\u{E000}"),
      ([0x22, 0xF0, 0x90, 0x80, 0x80, 0x22], "\u{10000}"),
      ([0x22, 0xF4, 0x8F, 0xBF, 0xBF, 0x22], "\u{10FFFF}"),
    ] as [([UInt8], String)])
  func `the edges of valid UTF-8 are read`(bytes: [UInt8], value: String) throws {
    #expect(try JSON(parsing: bytes) == .string(value))
  }

  @Test(arguments: [
    (
      "{\n  \"a\": 1,\n  \"value\": 2, \"value\": 3\n}",
      "line 3, column 15: the key \"value\" appears twice", ""
    ),
    (
      "{\"claims\":[{},{\"value\":tru}]}",
      "line 1, column 24: “t” where a value was expected", "claims[1].value"
    ),
    ("[1,\r\n 2,\r\n 03]", "line 3, column 2: a number must not begin with a zero", "[2]"),
    (
      "{\"ключ\": {\"a b\": 1e400}}",
      "line 1, column 18: the number 1e400 is too large", "ключ[\"a b\"]"
    ),
    ("[1] x", "line 1, column 5: “x” follows the end of the value", ""),
    ("[1", "line 1, column 3: the text ends where a comma or a closing bracket was expected", ""),
    (
      "{\"a\":[[1}]}", "line 1, column 9: “}” where a comma or a closing bracket was expected",
      "a[0]"
    ),
    ("", "line 1, column 1: the text is empty, where a JSON value was expected", ""),
    ("\u{FEFF}x", "line 1, column 1: “x” where a value was expected", ""),
    (
      "[\"\u{7}\"]",
      "line 1, column 3: a string holds the control character U+0007, which must be written as an "
        + "escape", "[0]"
    ),
    (
      "[\"\\uD83D\"]",
      "line 1, column 3: \\uD83D is half of a surrogate pair without the other half", "[0]"
    ),
    (
      "[\"a\\u0000\"]",
      "line 1, column 4: a string holds a NUL character, which cannot be stored", "[0]"
    ),
    ("{\"a\";1}", "line 1, column 5: “;” where a colon was expected", "a"),
  ])
  func `a refusal names line, column, what is wrong and the path`(
    text: String, description: String, path: String
  ) {
    let error = #expect(throws: JSONError.self) { try JSON(parsing: text) }
    #expect(error?.description == description)
    #expect(error?.path == path)
  }

  @Test func `every beginning of a text is refused, and no byte in it brings the reader down`() {
    let text = #"{"a":[1,-2.5e3,"x\n\u00e9\ud83d\ude00é"],"b":{"c":null,"d":true}}"#
    let bytes = Array(text.utf8)
    for length in 0..<bytes.count {
      #expect(throws: JSONError.self) { try JSON(parsing: bytes.prefix(length)) }
    }
    for index in bytes.indices {
      for byte in [0x00, 0x22, 0x5C, 0x7B, 0x7D, 0x2C, 0x30, 0x80, 0xE9, 0xFF] as [UInt8] {
        var changed = bytes
        changed[index] = byte
        guard let value = try? JSON(parsing: changed) else { continue }
        #expect((try? JSON(parsing: value.text)) == value)
      }
    }
  }
}
