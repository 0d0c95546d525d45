@testable import Corpus
import Glibc
import Testing

/// Files that are broken or made to do harm.
struct HostileFileTests {
  /// What is wrong with a case's file of these bytes.
  private func problems(_ bytes: [UInt8]) -> [String] {
    let log = ProblemLog()
    if let text = FileText(bytes, of: "x.yaml", log) { _ = YAMLNode(text.text, of: "x.yaml", log) }
    do { try log.check() } catch { return error.problems.map(\.description) }
    return []
  }

  private func problems(_ text: String) -> [String] { problems(Array(text.utf8)) }

  @Test func invalidUTF8IsNamedWithItsByte() {
    #expect(
      problems(Array("a: b\nc: ".utf8) + [0xC3, 0x28, 0x0A]) == [
        "x.yaml:2: the byte at 8 is not valid UTF-8; save the file as UTF-8, or check whether it was "
          + "cut off"
      ])
  }

  @Test func aCharacterCutInTwoIsNamed() {
    #expect(problems(Array("a: é".utf8.dropLast())).first?.contains("the byte at 3") == true)
  }

  @Test func offsetsCountTheByteOrderMark() {
    let bytes: [UInt8] = [0xEF, 0xBB, 0xBF] + Array("a: ".utf8) + [0xFF]
    #expect(problems(bytes).first?.contains("the byte at 6") == true)
  }

  @Test func anUnpairedSurrogateIsNotUTF8() {
    #expect(problems([0x61, 0x3A, 0x20, 0xED, 0xA0, 0x80]).count == 1)
    #expect(problems("a: \"\\uD800\"\n").count == 1)
  }

  @Test func aNULIsRefused() {
    #expect(
      problems("a: b\nc: \0\n") == ["x.yaml:2: a NUL character at byte 8; the file is not text"])
    #expect(problems("a: b\nc: \"x\\0\"\n") == ["x.yaml:2: a NUL character in a text"])
  }

  @Test func aControlCharacterIsRefused() {
    #expect(problems("a: b\nc: \u{1B}[2J\n").first?.hasPrefix("x.yaml:2: not valid YAML") == true)
  }

  @Test func deepNestingIsRefused() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(problems("a: \(deep)\n") == ["x.yaml:1: values lie too deep within one another"])
    let moderate = String(repeating: "[", count: 30) + String(repeating: "]", count: 30)
    #expect(problems("a: \(moderate)\n") == ["x.yaml:1: values lie too deep within one another"])
    let blocks = (0..<1200).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n")
    #expect(problems(blocks + "\n").count == 1)
  }

  @Test func aliasesThatMultiplyAreRefusedBeforeTheyAreRead() {
    var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...12 {
      let list = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      bomb += "a\(level): &a\(level) [\(list)]\n"
    }
    bomb += "? *a12\n: the key would be hashed\n"
    #expect(problems(bomb) == ["x.yaml:2: the alias *a0 is not read here; write the text out"])
  }

  @Test func anAnchorIsRefused() {
    #expect(problems("a: &x b\n") == ["x.yaml:1: anchors are not read here; remove the &"])
  }

  @Test(arguments: [
    ("a: b\nc: !!python/object:os.system [ls]\n", "2: the tag !!python/object:os.system"),
    ("a: !secret b\n", "1: the tag !secret"),
    ("a: !!int 7\n", "1: the tag !!int"),
    ("a: !!null ''\n", "1: the tag !!null"),
    ("a: !!binary aGk=\n", "1: the tag !!binary"),
    ("a:\n  - b\n  - !!map [c]\n", "3: the tag !!map"),
    ("a: !!str [b]\n", "1: the tag !!str"),
    ("!!set a: b\n", "1: the tag !!set"),
    ("!casebook\na: b\n", "1: the tag !casebook"),
    ("a: !<tag:example.org,2026:x> b\n", "1: the tag tag:example.org,2026:x"),
    ("%TAG !e! tag:example.org,2026:\n---\na: !e!x b\n", "3: the tag tag:example.org,2026:x"),
  ])
  func aTagThatSaysSomethingElseIsRefused(text: String, words: String) {
    #expect(problems(text) == ["x.yaml:\(words) is not read here; take it out"])
  }

  @Test func aTagThatSaysWhatIsTheCaseChangesNothing() {
    let text = "!!map\na: !!str 1919-01-13\nb: !!seq [! yes, '!secret', \"!!int\"]\n"
    #expect(problems(text).isEmpty)
  }

  @Test func textThatLooksLikeAnAliasIsText() {
    #expect(problems("a: Harper & Brothers, *sic*\nb: AT &T\nc: \"*x and &y\"\n").isEmpty)
  }

  @Test func aSecondDocumentIsRefused() {
    #expect(problems("a: b\n---\nc: d\n").count == 1)
  }

  @Test func aVerySmallFileIsReadWhole() {
    #expect(problems("a: b").isEmpty)
  }

  @Test func aFileOverTheLimitIsRefusedUnread() async throws {
    try await withDirectory { directory in
      let path = "\(directory)/large"
      let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
      #expect(ftruncate(descriptor, 1 << 40) == 0)
      close(descriptor)
      let failure = #expect(throws: FileSystem.Failure.self) {
        _ = try FileSystem.bytes(of: path, limit: CorpusReader.fileLimit)
      }
      #expect(failure?.message == "it is larger than 8 MiB; split it")
    }
  }
}
