import StrictJSON
import Testing

@Suite struct WritingTests {
  private static let sample: JSON = [
    "b": [1, .null, true, [], [:]], "a": ["z": "x", "y": .number("1.50")], "é": "“q” \"w\" \\ /",
  ]

  @Test func `text is one line with members in order`() {
    #expect(
      Self.sample.text
        == #"{"b":[1,null,true,[],{}],"a":{"z":"x","y":1.50},"é":"“q” \"w\" \\ /"}"#)
    #expect(Self.sample.description == Self.sample.text)
    #expect(Self.sample["a"]?.objectValue?.text == #"{"z":"x","y":1.50}"#)
  }

  @Test func `canonical text has its members sorted at every level`() {
    #expect(
      Self.sample.canonicalText
        == #"{"a":{"y":1.50,"z":"x"},"b":[1,null,true,[],{}],"é":"“q” \"w\" \\ /"}"#)
  }

  @Test func `canonical text sorts keys by UTF-16 code units`() {
    // The example of RFC 8785, section 3.2.3: an emoji sorts before U+FB33.
    let value: JSON = [
      "\u{20AC}": 1, "\r": 2, "\u{FB33}": 3, "1": 4, "\u{1F600}": 5, "\u{80}": 6, "\u{F6}": 7,
    ]
    #expect(
      value.canonicalText
        == "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"\u{F6}\":7,\"\u{20AC}\":1,\"\u{1F600}\":5,\"\u{FB33}\":3}"
    )
  }

  @Test func `pretty text is indented by two spaces`() {
    let value: JSON = ["a": [1, ["b": .null]], "c": [], "d": [:]]
    let expected = """
      {
        "a": [
          1,
          {
            "b": null
          }
        ],
        "c": [],
        "d": {}
      }
      """
    #expect(value.prettyText == expected)
  }

  @Test func `only what must be is escaped`() {
    let controls = String(String.UnicodeScalarView((0..<0x20).compactMap(Unicode.Scalar.init)))
    #expect(
      JSON.string(controls).text
        == #""\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b"#
        + #"\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a"#
        + #"\u001b\u001c\u001d\u001e\u001f""#)
    #expect(JSON.string("\u{7F}\u{2028}/é😀").text == "\"\u{7F}\u{2028}/é😀\"")
  }

  @Test(arguments: [
    "null", "[]", "{}", #"{"a":[1,2.50,-0],"b":{"c":"\n\"\\é😀"}}"#, "[[[[]]],{},\"\"]", "1e5",
  ])
  func `every way of writing is read back as the same value`(text: String) throws {
    let value = try JSON(parsing: text)
    #expect(value.text == text)
    #expect(try JSON(parsing: value.text) == value)
    #expect(try JSON(parsing: value.canonicalText) == value)
    #expect(try JSON(parsing: value.prettyText) == value)
  }
}
