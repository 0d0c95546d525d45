/// A decimal number as it was written, in the order of numbers however long it is.
struct DecimalText: Comparable, Hashable {
  private let isNegative: Bool
  private let whole: [UInt8]
  private let fraction: [UInt8]

  /// Reads what a claim holds: digits, perhaps with a sign and a point.
  init(_ text: String) {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    whole = Array(parts[0].utf8.drop { $0 == UInt8(ascii: "0") })
    var decimals = parts.count > 1 ? Array(parts[1].utf8) : []
    while decimals.last == UInt8(ascii: "0") { decimals.removeLast() }
    fraction = decimals
    isNegative = text.hasPrefix("-") && !(whole.isEmpty && fraction.isEmpty)
  }

  static func < (left: DecimalText, right: DecimalText) -> Bool {
    guard left.isNegative == right.isNegative else { return left.isNegative }
    return left.isNegative ? right.isCloserToZero(than: left) : left.isCloserToZero(than: right)
  }

  private func isCloserToZero(than other: DecimalText) -> Bool {
    if whole.count != other.whole.count { return whole.count < other.whole.count }
    if whole != other.whole { return whole.lexicographicallyPrecedes(other.whole) }
    return fraction.lexicographicallyPrecedes(other.fraction)
  }
}
