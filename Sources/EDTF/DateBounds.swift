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

  /// Whether every day within the other bounds is within these; an open side holds every day there.
  public func contains(_ other: DateBounds) -> Bool {
    other.startsNoEarlier(than: self) && other.endsNoLater(than: self)
  }

  /// Whether no day within these bounds comes before the first of the others; nothing comes before an open side.
  public func startsNoEarlier(than other: DateBounds) -> Bool {
    other.earliest.map { first in earliest.map { first <= $0 } ?? false } ?? true
  }

  /// Whether no day within these bounds comes after the last of the others; nothing comes after an open side.
  public func endsNoLater(than other: DateBounds) -> Bool {
    other.latest.map { last in latest.map { $0 <= last } ?? false } ?? true
  }

  /// Whether every day within these bounds comes before every day within the others.
  public func isBefore(_ other: DateBounds) -> Bool {
    latest.map { last in other.earliest.map { last < $0 } ?? false } ?? false
  }

  /// The narrowest bounds that contain both.
  func union(_ other: DateBounds) -> DateBounds {
    DateBounds(
      earliest: earliest.flatMap { first in other.earliest.map { min(first, $0) } },
      latest: latest.flatMap { last in other.latest.map { max(last, $0) } })
  }
}
