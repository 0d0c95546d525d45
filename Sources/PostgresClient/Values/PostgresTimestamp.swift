/// A point in time, as `timestamp with time zone` holds it.
public struct PostgresTimestamp: PostgresEncodable, PostgresDecodable, Hashable, Comparable {
  /// Microseconds since 1970-01-01 00:00:00 UTC, leap seconds left out.
  public var microsecondsSinceUnixEpoch: Int64

  /// Makes a point in time from microseconds since 1970-01-01 00:00:00 UTC.
  public init(microsecondsSinceUnixEpoch: Int64) {
    self.microsecondsSinceUnixEpoch = microsecondsSinceUnixEpoch
  }

  /// PostgreSQL counts from 2000-01-01 00:00:00 UTC.
  private static let epoch: Int64 = 946_684_800_000_000

  /// `timestamp with time zone`.
  public static var postgresType: PostgresType { .timestamptz }

  /// Appends eight bytes.
  ///
  /// A moment that PostgreSQL cannot count to becomes its nearest infinity.
  public func encode(into buffer: inout [UInt8]) {
    let (value, overflow) = microsecondsSinceUnixEpoch.subtractingReportingOverflow(Self.epoch)
    buffer.append(bigEndian: overflow ? Int64.min : value)
  }

  /// Reads a `timestamp with time zone` that is not infinite.
  public init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) {
    guard type == .timestamptz else { throw .mismatch(type) }
    let value = try bytes.integer(Int64.self)
    let (sum, overflow) = value.addingReportingOverflow(Self.epoch)
    guard value != .max, value != .min, !overflow else {
      throw PostgresDecodingFailure("it is not a finite time")
    }
    microsecondsSinceUnixEpoch = sum
  }

  /// Whether one point in time is before another.
  public static func < (left: Self, right: Self) -> Bool {
    left.microsecondsSinceUnixEpoch < right.microsecondsSinceUnixEpoch
  }
}

/// A calendar day, as `date` holds it.
public struct PostgresDate: PostgresEncodable, PostgresDecodable, Hashable, Comparable {
  /// Days since 1970-01-01 in the proleptic Gregorian calendar.
  public var daysSinceUnixEpoch: Int32

  /// Makes a day from days since 1970-01-01.
  public init(daysSinceUnixEpoch: Int32) { self.daysSinceUnixEpoch = daysSinceUnixEpoch }

  /// PostgreSQL counts from 2000-01-01.
  private static let epoch: Int32 = 10_957

  /// `date`.
  public static var postgresType: PostgresType { .date }

  /// Appends four bytes.
  ///
  /// A day that PostgreSQL cannot count to becomes its nearest infinity.
  public func encode(into buffer: inout [UInt8]) {
    let (value, overflow) = daysSinceUnixEpoch.subtractingReportingOverflow(Self.epoch)
    buffer.append(bigEndian: overflow ? Int32.min : value)
  }

  /// Reads a `date` that is not infinite.
  public init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) {
    guard type == .date else { throw .mismatch(type) }
    let value = try bytes.integer(Int32.self)
    let (sum, overflow) = value.addingReportingOverflow(Self.epoch)
    guard value != .max, value != .min, !overflow else {
      throw PostgresDecodingFailure("it is not a finite date")
    }
    daysSinceUnixEpoch = sum
  }

  /// Whether one day is before another.
  public static func < (left: Self, right: Self) -> Bool {
    left.daysSinceUnixEpoch < right.daysSinceUnixEpoch
  }
}
