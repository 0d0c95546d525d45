public import Calendar

/// The first and last day that a date can mean; nil where it is open, unknown or has no bound.
public struct DateBounds: Hashable, Sendable {
  /// The first day, or nil if there is no telling.
  public var earliest: CalendarDate?
  /// The last day, or nil if there is no telling.
  public var latest: CalendarDate?

  /// Bounds from one day through another.
  public init(earliest: CalendarDate? = nil, latest: CalendarDate? = nil) {
    self.earliest = earliest
    self.latest = latest
  }

  /// Whether both days are known.
  public var isClosed: Bool {
    earliest != nil && latest != nil
  }

  /// Whether no day within these bounds comes before the first of the others; nothing comes before an open side.
  func startsNoEarlier(than other: DateBounds) -> Bool {
    other.earliest.map { first in earliest.map { first <= $0 } ?? false } ?? true
  }

  /// Whether no day within these bounds comes after the last of the others; nothing comes after an open side.
  func endsNoLater(than other: DateBounds) -> Bool {
    other.latest.map { last in latest.map { $0 <= last } ?? false } ?? true
  }

  /// Whether every day within these bounds comes before every day within the others.
  func isBefore(_ other: DateBounds) -> Bool {
    latest.map { last in other.earliest.map { last < $0 } ?? false } ?? false
  }
}
