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
    let startsInTime = earliest.map { first in other.earliest.map { first <= $0 } ?? false } ?? true
    let endsInTime = latest.map { last in other.latest.map { $0 <= last } ?? false } ?? true
    return startsInTime && endsInTime
  }

  /// The narrowest bounds that contain both.
  func union(_ other: DateBounds) -> DateBounds {
    DateBounds(
      earliest: earliest.flatMap { first in other.earliest.map { min(first, $0) } },
      latest: latest.flatMap { last in other.latest.map { max(last, $0) } })
  }
}
