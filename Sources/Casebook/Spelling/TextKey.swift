/// A text reduced to its words: letter case, diacritics, punctuation and spaces aside.
public struct TextKey: Hashable, Sendable {
  /// The words.
  public let words: [String]

  /// The words of `text`.
  public init(_ text: String) {
    words = Self.words(text.lowercased()).map(Self.withoutMarks)
  }

  /// Whether every word of the other text stands here too, in the same order: "Washington, D. C." covers "Washington".
  public func covers(_ other: TextKey) -> Bool {
    var rest = words[...]
    for word in other.words {
      guard let match = rest.firstIndex(of: word) else { return false }
      rest = rest[(match + 1)...]
    }
    return !other.words.isEmpty
  }

  /// The stretches of letters and digits in a text; apostrophes belong to their word.
  public static func stretches(_ text: String) -> [Substring] {
    // Nearly all texts are plain, and Unicode's tables are dear to ask.
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      return text.utf8.split { !isPlainWord($0) }.map(Substring.init)
    }
    return text.split { !$0.isLetter && !$0.isNumber && !"'’ʹʺ".contains($0) }
  }

  private static func isPlainWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "'"):
      true
    default: false
    }
  }

  static func words(_ text: String) -> [String] { stretches(text).map(String.init) }

  /// Latin letters without what their Unicode name says they are written with; combining marks fall away.
  static func withoutMarks(_ text: String) -> String {
    guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
    var plain = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where scalar.properties.generalCategory != .nonspacingMark {
      plain.append(base(of: scalar))
    }
    return String(plain)
  }

  private static func base(of scalar: Unicode.Scalar) -> Unicode.Scalar {
    let prefix = "LATIN SMALL LETTER "
    guard !scalar.isASCII, let name = scalar.properties.name, name.hasPrefix(prefix) else {
      return scalar
    }
    let words = name.dropFirst(prefix.count).split(separator: " ")
    guard words.count > 2, words[0].count == 1, words[1] == "WITH",
      let letter = words[0].lowercased().unicodeScalars.first
    else { return scalar }
    return letter
  }
}
