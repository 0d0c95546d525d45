import Glibc

/// An input as nobody would write it: one that can be read, with a few changes that a seed names.
public struct Mutant: Sendable, CustomStringConvertible {
  /// The input.
  public let bytes: [UInt8]
  private let seed: UInt64

  /// The input as text; where it is none, with a replacement character.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// How to have it made again, alone, and what it is.
  public var description: String { "MUTATION_SEED=\(seed): \(text.debugDescription)" }

  /// So many mutants of inputs that can be read, the same on each run; with `MUTATION_SEED`, the one of that seed alone.
  public static func all(_ count: Int, of inputs: [[UInt8]]) -> some Sequence<Mutant> {
    let wanted = getenv("MUTATION_SEED").flatMap { UInt64(String(cString: $0)) }
    let seeds = wanted.map { $0...$0 } ?? 1...UInt64(count)
    return seeds.lazy.map { Mutant(seed: $0, of: inputs) }
  }

  /// The same of texts.
  public static func all(_ count: Int, of texts: [String]) -> some Sequence<Mutant> {
    all(count, of: texts.map { Array($0.utf8) })
  }

  private init(seed: UInt64, of inputs: [[UInt8]]) {
    self.seed = seed
    var random = SeededGenerator(seed: seed)
    var bytes = random.pick(inputs)
    for _ in 0..<Int.random(in: 1...4, using: &random) { Self.change(&bytes, &random) }
    self.bytes = bytes
  }

  /// What means something to one reader or another, and what is no text.
  private static let pieces: [[UInt8]] =
    [
      "\"", "'", "\\", "\\u0000", "\\ud800", "{", "}", "[", "]", "(", ")", ":", ": ", ",", "- ",
      "-", "--",
      "&a ", "*a", "!!str ", "!x ", "|\n", "> ", "# ", "---\n", "? ", "<<: ", "%", "@", "/", "//",
      "..",
      "=", "!=", "<", " and ", " or ", " not ", " in ", "~", "?", "X", "XX", "T24:00", "Z",
      "+99:99",
      "0", "-0", "1e400", "99999999999999999999", "-1", "null", "true", "\0", "\n", "\r\n", "\t",
      " ",
      "\u{FEFF}", "\u{202E}", "\u{85}", "\u{2028}", "\u{1B}[2J", "é", "e\u{301}", "Ё", "👩‍👩‍👧", "İ",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80]]

  private static func change(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    let start = Int.random(in: 0...bytes.count, using: &random)
    let length = min(
      bytes.count - start, random.pick([0, 1, 1, 2, 3, 5, 8, 13, 40, 200]))
    let range = start..<start + length
    switch Int.random(in: 0..<8, using: &random) {
    case 0: bytes.removeSubrange(range)
    case 1: bytes.removeSubrange(start...)
    case 2:
      bytes.insert(contentsOf: bytes[range], at: Int.random(in: 0...bytes.count, using: &random))
    case 3:
      let times = random.pick([2, 3, 70, 300])
      bytes.insert(contentsOf: repeatElement(Array(bytes[range]), count: times).joined(), at: start)
    case 4 where start < bytes.count: bytes[start] = random.pick(0...255)
    case 5 where start < bytes.count: bytes[start] ^= 1 << random.pick(0...7)
    case 6: bytes.replaceSubrange(range, with: random.pick(pieces))
    default: bytes.insert(contentsOf: random.pick(pieces), at: start)
    }
  }
}
