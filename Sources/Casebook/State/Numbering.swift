import StrictJSON

/// The numbers that things of one kind take in one home. Each is given once, for ever, even when the event that gave it
/// is set aside.
struct Numbering: Hashable, Sendable {
  /// The number that the next one takes.
  private(set) var next = 1

  /// Gives out `number`.
  ///
  /// - Throws: `JSONError` when it was given before.
  mutating func take(_ number: Int) throws(JSONError) {
    guard number >= next else {
      throw JSONError("the number \(number) was given before", path: "ref")
    }
    reserve(number)
  }

  /// Keeps `number` from being given out.
  mutating func reserve(_ number: Int) { next = max(next, number + 1) }
}
