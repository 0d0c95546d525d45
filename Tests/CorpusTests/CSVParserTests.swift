@testable import Corpus
import Testing

/// Comma-separated values as RFC 4180 defines them.
struct CSVParserTests {
  /// The rows of a text that arrives in pieces of this size.
  private func rows(_ text: String, pieces size: Int = 1) throws -> [[String]] {
    var rows: [[String]] = []
    var parser = CSVParser()
    var bytes = Array(text.utf8)[...]
    let take = { (row: CSVParser.Row) in
      rows.append(row.fields.map { String(decoding: $0, as: UTF8.self) })
    }
    while !bytes.isEmpty {
      try parser.consume(bytes.prefix(size), take)
      bytes = bytes.dropFirst(size)
    }
    try parser.finish(take)
    return rows
  }

  @Test(arguments: [
    ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
    ("a,b\r\nc,d", [["a", "b"], ["c", "d"]]),
    ("a\rb\r", [["a"], ["b"]]),
    ("a,,\n", [["a", "", ""]]),
    ("\"a,b\",c", [["a,b", "c"]]),
    ("\"a\"\"b\"", [["a\"b"]]),
    ("\"a\nb\"\n\"c\r\nd\"\n", [["a\nb"], ["c\r\nd"]]),
    ("\"\"", [[""]]),
    ("\n\na\n\n", [["a"]]),
    ("\u{FEFF}a,b\n", [["a", "b"]]),
    ("\u{FEFF}\"a\"\n", [["a"]]),
    ("é,日\n", [["é", "日"]]),
    ("", []),
  ])
  func rowsAreRead(_ text: String, _ expected: [[String]]) throws {
    for size in [1, 2, 3, 1000] { #expect(try rows(text, pieces: size) == expected) }
  }

  @Test(arguments: [
    ("a\nb\"c\n", 2, "a quote inside a field"), ("\"a\"b\n", 1, "text after the closing quote"),
    ("a\n\"b\nc\n", 2, "never ends"),
  ])
  func looseQuotesAreRefused(_ text: String, _ line: Int, _ message: String) {
    let failure = #expect(throws: CSVParser.Failure.self) { _ = try rows(text) }
    #expect(failure?.line == line)
    #expect(failure?.message.contains(message) == true)
  }

  @Test func aRowOverTheLimitIsRefused() {
    var parser = CSVParser()
    let piece = Array(repeating: UInt8(ascii: "a"), count: 1 << 16)
    let failure = #expect(throws: CSVParser.Failure.self) {
      for _ in 0...16 { try parser.consume(piece) { _ in } }
    }
    #expect(failure?.message == "the row is larger than 1 MiB")
  }
}
