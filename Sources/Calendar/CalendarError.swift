/// What is wrong with a date or time as text.
public struct CalendarError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong and what was expected, as a phrase.
  public let message: String

  init(_ message: String) {
    self.message = message
  }

  /// What is wrong and what was expected.
  public var description: String {
    message
  }
}
