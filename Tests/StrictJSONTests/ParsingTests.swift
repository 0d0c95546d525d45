import StrictJSON
import Testing

@Suite struct ParsingTests {
  @Test(
    arguments: [
      ("null", .null), ("true", true), ("false", false), (" \t\r\n1 \n", 1), ("\"\"", ""),
      ("[]", []), ("{}", [:]), ("[ ]", []), ("{ }", [:]), ("[1,[2,[]]]", [1, [2, []]]),
      ("{\"a\":1,\"b\":[true,null]}", ["a": 1, "b": [true, .null]]),
      ("{ \"a\" : { \"a\" : \"x\" } , \"\" : 0 }", ["a": ["a": "x"], "": 0]),
      ("\u{FEFF}{\"a\":1}", ["a": 1]),
      ("{\"a\":1}\r\n", ["a": 1]),
    ] as [(String, JSON)])
  func `a valid text is read`(text: String, value: JSON) throws {
    #expect(try JSON(parsing: text) == value)
  }

  @Test(arguments: [
    "0", "-0", "7", "-7", "120", "1.0", "1.50", "0.1", "1e5", "1E+5", "1e-5", "-0.0e0",
    "9007199254740993", "123456789012345678901234567890", "1e308", "1.7976931348623157e308",
    "5e-324", "0e999", "0.0000e-999", "0.1000000000000000055511151231257827",
  ])
  func `a number keeps the digits it was written with`(lexeme: String) throws {
    #expect(try JSON(parsing: lexeme) == .number(lexeme))
    #expect(try JSON(parsing: "[\(lexeme)]").text == "[\(lexeme)]")
  }

  @Test(arguments: [
    (#""plain""#, "plain"),
    (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
    (#""\u0041\u00e9\u20AC""#, "Aé€"),
    (#""\uD83D\uDE00 \ud83d\ude00""#, "😀 😀"),
    (#""Владимир – “quoted” 😀""#, "Владимир – “quoted” 😀"),
    (#""\u001f\u007f""#, "\u{1F}\u{7F}"),
    (#""exactly8""#, "exactly8"),
    (
      #""a longer text that takes the words of eight bytes \n and then goes on""#,
      "a longer text that takes the words of eight bytes \n and then goes on"
    ),
    (#""\ufeff inside""#, "\u{FEFF} inside"),
  ])
  func `a string is read with its escapes undone`(text: String, value: String) throws {
    let string = try #require(try JSON(parsing: text).stringValue)
    #expect(Array(string.utf8) == Array(value.utf8))
  }

  @Test func `a quote, an escape or an accent is found at any place of a long string`() throws {
    for length in 0...40 {
      let head = String(repeating: "x", count: length)
      #expect(try JSON(parsing: "[\"\(head)\",1]") == [.string(head), 1])
      #expect(try JSON(parsing: "\"\(head)\\\\y\"") == .string(head + "\\y"))
      #expect(try JSON(parsing: "\"\(head)é\"") == .string(head + "é"))
      let error = #expect(throws: JSONError.self) { try JSON(parsing: "\"\(head)\n\"") }
      #expect(error?.offset == length + 1)
    }
  }

  @Test(arguments: ["\"\u{E9}\"", "\"e\u{301}\""])
  func `composed and decomposed letters stay as they were`(text: String) throws {
    #expect(Array(try JSON(parsing: text).text.utf8) == Array(text.utf8))
  }

  @Test func `bytes without contiguous storage are read too`() throws {
    let bytes = "{\"a\":[1,2]}".utf8.lazy.map { $0 }
    #expect(try JSON(parsing: bytes) == ["a": [1, 2]])
  }

  @Test func `nesting is allowed up to the limit and refused beyond`() throws {
    let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(throws: Never.self) { try JSON(parsing: deep) }
    let error = #expect(throws: JSONError.self) { try JSON(parsing: "[" + deep + "]") }
    #expect(error?.message == "the text is nested more than 64 levels deep")
    #expect(error?.offset == 64)
    #expect(throws: JSONError.self) { try JSON(parsing: "[[1]]", maximumDepth: 1) }
    #expect(try JSON(parsing: "[{},[],{}]", maximumDepth: 2) == [[:], [], [:]])
    #expect(throws: JSONError.self) {
      try JSON(parsing: String(repeating: "{\"a\":", count: 1_000_000))
    }
  }

  @Test func `many keys are told apart`() throws {
    let members = (0..<500).map { "\"key\($0)\":\($0)" }
    let value = try JSON(parsing: "{" + members.joined(separator: ",") + "}")
    #expect(value.objectValue?.count == 500)
    #expect(value["key499"] == 499)
    for repeated in [0, 15, 16, 17, 499] {
      let text = "{" + (members + ["\"key\(repeated)\":0"]).joined(separator: ",") + "}"
      let error = #expect(throws: JSONError.self) { try JSON(parsing: text) }
      #expect(error?.message == "the key \"key\(repeated)\" appears twice")
    }
  }
}
