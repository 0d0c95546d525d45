/// A numbered thing inside a case, a source or the casebook: `gouzenko/c12`.
public struct ItemReference: Hashable, Sendable {
  /// What the letter before the number stands for.
  public enum Kind: Character, Hashable, Sendable, CaseIterable {
    case claim = "c"
    case citation = "n"
    case annotation = "a"
    case dispute = "d"
    case conclusion = "k"
  }

  /// The case or source it belongs to, or `casebook` for annotations of tabulations.
  public let home: Slug
  /// What it is.
  public let kind: Kind
  /// Its number, from 1, in the order of recording within its home and kind.
  public let number: Int

  /// The `number`th thing of `kind` in `home`.
  public init(_ home: Slug, _ kind: Kind, _ number: Int) {
    self.home = home
    self.kind = kind
    self.number = number
  }

  /// Reads `HOME/c12`.
  ///
  /// - Throws: `Refusal` with `badReference`.
  public init(_ text: String) throws(Refusal) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw Self.malformed(text) }
    let home = try Slug(String(parts[0]))
    guard let (kind, number) = Self.parseLocal(parts[1]) else { throw Self.malformed(text) }
    self.init(home, kind, number)
  }

  /// The part after the slash, as it is stored in the events of its home: `c12`.
  public var local: String { "\(kind.rawValue)\(number)" }

  /// Reads the part after the slash; nil when it is not one.
  static func parseLocal(_ text: some StringProtocol) -> (Kind, Int)? {
    guard let letter = text.first, let kind = Kind(rawValue: letter) else { return nil }
    guard let number = number(text.dropFirst()), number <= maximumNumber else { return nil }
    return (kind, Int(number))
  }

  /// The highest number there can be: nothing is numbered so high by counting.
  static let maximumNumber: Int64 = 999_999_999

  /// A number from 1 as it is written in references: no sign, no leading zero, so that one thing has one name.
  static func number(_ digits: some StringProtocol) -> Int64? {
    guard let first = digits.utf8.first, (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(first)
    else {
      return nil
    }
    return Int64(digits)
  }

  static func malformed(_ text: String) -> Refusal {
    let parts = text.split(separator: ",").map(String.init)
    if parts.count > 1, (try? ItemReference(parts[0])) != nil {
      return Refusal(
        .badReference, "\"\(text)\" names several things",
        remedy: "Name one only, such as \(parts[0]).")
    }
    if (try? Slug(text)) != nil {
      return Refusal(
        .badReference, "\"\(text)\" is a whole case or source",
        remedy: "Name something in it, such as \(text)/c1 (claim) or \(text)/a1 (annotation).")
    }
    return Refusal(
      .badReference, "\"\(text)\" is not a reference",
      remedy: "Write CASE, CASE/c12 (claim), /n5 (citation), /a3 (annotation), /d1 (dispute), "
        + "SOURCE/a1, tabulation/ID or @412 (event).")
  }
}

extension ItemReference: CustomStringConvertible {
  /// The reference as an analyst types it.
  public var description: String { "\(home)/\(local)" }
}
