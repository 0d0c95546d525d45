/// A short name for a case, a source, a casebook or a tabulation: lower-case letters, digits and single hyphens, at
/// most 63 characters. Slugs are never renamed, so every reference built on them is stable.
public struct Slug: Hashable, Sendable {
  /// The longest slug, in characters.
  public static let maximumLength = 63
  /// Words that references use themselves, so that no case or source may take them.
  public static let reserved: Set<String> = ["casebook", "tabulation"]

  /// The slug as written.
  public let text: String

  /// Reads a slug.
  ///
  /// - Throws: `Refusal` with `badSlug`, suggesting the nearest valid form.
  public init(_ text: String) throws(Refusal) {
    guard Self.isValid(text) else {
      throw Refusal(
        .badSlug, "\"\(text)\" is not a valid short name", remedy: Self.remedy(for: text))
    }
    self.text = text
  }

  private static func remedy(for text: String) -> String {
    // Who writes a reference or a list means its first part, not one long name.
    let parts = text.split { $0 == "/" || $0 == "," }.map(String.init)
    if parts.count > 1, isValid(parts[0]) {
      return text.contains(",")
        ? "Name one only, such as \"\(parts[0])\"."
        : "A whole case, source or casebook is meant here, such as \"\(parts[0])\"."
    }
    let suggestion = nearest(to: text)
    return suggestion.isEmpty
      ? "Use lower-case letters, digits and hyphens."
      : "Use lower-case letters, digits and hyphens, such as \"\(suggestion)\"."
  }

  /// What references to annotations on the casebook's own stream begin with.
  public static let casebook = Slug(known: "casebook")

  /// A slug that is written in this program and known to be valid.
  init(known text: String) {
    precondition(Self.isValid(text))
    self.text = text
  }

  private static func isValid(_ text: String) -> Bool {
    guard !text.isEmpty, text.utf8.count <= maximumLength else { return false }
    // A hyphen stands between letters and digits, never beside another or an end.
    var isAfterHyphen = true
    for byte in text.utf8 {
      guard isLetterOrDigit(byte) || byte == hyphen && !isAfterHyphen else { return false }
      isAfterHyphen = byte == hyphen
    }
    return !isAfterHyphen
  }

  private static func nearest(to text: String) -> String {
    var words: [[UInt8]] = [[]]
    for byte in text.lowercased().utf8 {
      if isLetterOrDigit(byte) {
        words[words.count - 1].append(byte)
      } else if words.last?.isEmpty == false {
        words.append([])
      }
    }
    var joined = Array(
      words.filter { !$0.isEmpty }.joined(separator: [hyphen]).prefix(maximumLength))
    if joined.last == hyphen { joined.removeLast() }
    return String(decoding: joined, as: UTF8.self)
  }

  private static let hyphen = UInt8(ascii: "-")

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

extension Slug: Comparable, CustomStringConvertible {
  /// Orders slugs by their bytes, the same on every machine.
  public static func < (left: Slug, right: Slug) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  /// The slug as written.
  public var description: String { text }
}
