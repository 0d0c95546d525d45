/// Roman numerals.
enum RomanNumeral {
  /// The number that letters of one case write; nil when they write none.
  static func value(_ letters: some StringProtocol) -> Int? {
    let digits = letters.lowercased().compactMap { values[$0] }
    guard !letters.isEmpty, digits.count == letters.count else { return nil }
    let number = zip(digits, digits.dropFirst() + [0]).reduce(0) {
      $0 + ($1.0 < $1.1 ? -$1.0 : $1.0)
    }
    // What is not how the number is written is a word: “mix”, “civil”.
    return number > 0 && text(number) == letters.lowercased() ? number : nil
  }

  /// A number in small letters.
  static func text(_ number: Int) -> String {
    var rest = number
    var text = ""
    for (value, letters) in numerals {
      while rest >= value {
        text += letters
        rest -= value
      }
    }
    return text
  }

  private static let values: [Character: Int] = [
    "i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000,
  ]

  private static let numerals = [
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
  ]
}
