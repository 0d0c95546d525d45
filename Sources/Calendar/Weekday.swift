/// A day of the week, numbered as in ISO 8601 from Monday, 1, to Sunday, 7.
public enum Weekday: Int, CaseIterable, Hashable, Sendable {
  /// The first day of the week.
  case monday = 1
  /// The second day of the week.
  case tuesday
  /// The third day of the week.
  case wednesday
  /// The fourth day of the week.
  case thursday
  /// The fifth day of the week.
  case friday
  /// The sixth day of the week.
  case saturday
  /// The seventh day of the week.
  case sunday
}
