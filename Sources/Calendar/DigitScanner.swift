/// Reads fixed-width numbers and marks from the front of a text.
struct DigitScanner {
  private var rest: Substring.UTF8View

  init(_ text: some StringProtocol) {
    rest = Substring(text).utf8
  }

  var isAtEnd: Bool {
    rest.isEmpty
  }

  /// How many digits come next.
  var digitsAhead: Int {
    rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }.count
  }

  /// Reads exactly that many digits, at most eighteen, and no fewer.
  mutating func number(digits: Int) -> Int? {
    guard 1...18 ~= digits, digitsAhead >= digits else { return nil }
    defer { rest = rest.dropFirst(digits) }
    return rest.prefix(digits).reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  mutating func take(_ mark: UInt8) -> Bool {
    take { $0 == mark } != nil
  }

  mutating func take(where accepts: (UInt8) -> Bool) -> UInt8? {
    guard let next = rest.first, accepts(next) else { return nil }
    rest = rest.dropFirst()
    return next
  }
}
