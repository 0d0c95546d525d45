import StrictJSON

/// The numbers that things of one kind take in one home. Each is given once, for ever, even when the event that gave it
/// is set aside.
struct Numbering: Hashable, Sendable {
  /// The number that the next one takes.
  private(set) var next = 1

  /// Gives out `number` to the event that makes its stream's version `version`. Every number takes an event of the
  /// stream, so that a larger one than that was never next: if it were taken, none might be left after it.
  ///
  /// - Throws: `JSONError` when it was given before, or its turn has not come.
  mutating func take(_ number: Int, version: Int64) throws(JSONError) {
    guard number >= next else {
      throw JSONError("the number \(number) was given before", path: "ref")
    }
    guard number <= version else {
      throw JSONError("the number \(number) is not the next: that is \(next)", path: "ref")
    }
    next = number + 1
  }

  /// Keeps `number`, which the event that makes its stream's version `version` names, from being given out.
  mutating func reserve(_ number: Int, version: Int64) {
    if number <= version { next = max(next, number + 1) }
  }
}
