import Calendar
import Testing

@Suite struct InstantTests {
  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000000Z"),
      (-1, "1969-12-31T23:59:59.999999Z"),
      (1_773_221_400_123_456, "2026-03-11T09:30:00.123456Z"),
      (-62_135_596_800_000_000, "0001-01-01T00:00:00.000000Z"),
      (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
    ] as [(Int64, String)])
  func `an instant is written with six decimals and read again`(
    microseconds: Int64, text: String
  ) throws {
    let instant = Instant(microseconds: microseconds)
    #expect(instant.description == text)
    #expect(try Instant(parsing: text) == instant)
    #expect(Instant(text) == instant)
  }

  @Test(arguments: [
    ("2026-03-11T09:30Z", "2026-03-11T09:30:00.000000Z"),
    ("2026-03-11t09:30:15z", "2026-03-11T09:30:15.000000Z"),
    ("2026-03-11 09:30:15.5Z", "2026-03-11T09:30:15.500000Z"),
    ("2026-03-11T09:30:15.000001Z", "2026-03-11T09:30:15.000001Z"),
    ("2026-03-11T00:30+01:00", "2026-03-10T23:30:00.000000Z"),
    ("2026-03-11T00:30+01", "2026-03-10T23:30:00.000000Z"),
    ("2026-03-11T00:30+0130", "2026-03-10T23:00:00.000000Z"),
    ("2026-03-11T23:30-03:30", "2026-03-12T03:00:00.000000Z"),
    ("2026-03-11T09:30-00:00", "2026-03-11T09:30:00.000000Z"),
  ])
  func `an offset is taken into account`(text: String, utc: String) throws {
    #expect(try Instant(parsing: text).description == utc)
  }

  @Test(arguments: [
    "", "2026-03-11", "2026-03-11T", "2026-03-11T09", "2026-03-11T09:30", "2026-03-11T9:30Z",
    "2026-03-11T24:00:00Z", "2026-03-11T09:60Z", "2026-03-11T09:30:60Z", "2026-02-30T09:30Z",
    "2026-3-11T09:30Z", "2026-03-11T09:30:15.Z", "2026-03-11T09:30:15.1234567Z",
    "2026-03-11T09:30:15,5Z", "2026-03-11T09:30+24:00", "2026-03-11T09:30+01:60",
    "2026-03-11T09:30+1", "2026-03-11T09:30+01:", "2026-03-11T09:30+010", "2026-03-11T09:30Z ",
    "2026-03-11T09:30ZZ", "2026-03-11  09:30Z", "20260311T0930Z", "yesterday", "2026-03-11T09:30é",
  ])
  func `any other text is no instant`(text: String) {
    #expect(throws: CalendarError.self) { try Instant(parsing: text) }
    #expect(Instant(text) == nil)
  }

  @Test func `a time without its offset is read as a date and time only`() throws {
    let dateTime = try DateTime(parsing: "2026-03-11T09:30")
    #expect(dateTime.offsetSeconds == nil)
    #expect(dateTime.date == CalendarDate("2026-03-11"))
    #expect(dateTime.microsecondOfDay == 34_200_000_000)
    #expect(
      Instant(dateTime, defaultOffsetSeconds: 3600).description == "2026-03-11T08:30:00.000000Z")
    let error = #expect(throws: CalendarError.self) { try Instant(parsing: "2026-03-11T09:30") }
    #expect(
      error?.description
        == "“2026-03-11T09:30” does not say how far it is from UTC: add Z or such as +01:00")
  }

  @Test func `a day ends with its last microsecond, by the clock that counts`() throws {
    let day = try #require(CalendarDate("2026-03-01"))
    #expect(Instant(endOf: day).description == "2026-03-01T23:59:59.999999Z")
    #expect(
      Instant(endOf: day, offsetSeconds: 3600).description == "2026-03-01T22:59:59.999999Z")
    #expect(Instant(date: day).date() == day)
    #expect(Instant(endOf: day).date() == day)
    #expect(Instant(endOf: day).date(offsetSeconds: 1).description == "2026-03-02")
    #expect(Instant(date: day).date(offsetSeconds: -1).description == "2026-02-28")
  }

  @Test func `an instant is written by another clock with its offset`() throws {
    let instant = try Instant(parsing: "2026-03-10T23:30:00.000001Z")
    #expect(instant.text(offsetSeconds: 3600) == "2026-03-11T00:30:00.000001+01:00")
    #expect(instant.text(offsetSeconds: -12_600) == "2026-03-10T20:00:00.000001-03:30")
    #expect(instant.text(offsetSeconds: 0) == instant.description)
    for offset in [3600, -12_600, 5400, 86_340, -86_340] {
      #expect(try Instant(parsing: instant.text(offsetSeconds: offset)) == instant)
    }
  }

  @Test func `durations are added and measured to the microsecond`() {
    let instant = Instant(microseconds: 1_000_000)
    #expect(instant + .seconds(1.5) == Instant(microseconds: 2_500_000))
    #expect(instant - .microseconds(1) == Instant(microseconds: 999_999))
    #expect(instant - .seconds(2) == Instant(microseconds: -1_000_000))
    #expect(instant.duration(to: Instant(microseconds: 1_500_000)) == .milliseconds(500))
    #expect(instant < instant + .microseconds(1))
  }

  @Test func `what 64 bits cannot hold becomes the first or the last instant`() {
    let first = Instant(microseconds: .min)
    let last = Instant(microseconds: .max)
    #expect(Instant(date: .last) == last)
    #expect(Instant(date: .first) == first)
    #expect(last + .seconds(1) == last)
    #expect(first - .seconds(1) == first)
    #expect(last.description == "+294247-01-10T04:00:54.775807Z")
    #expect(first.description == "-290308-12-21T19:59:05.224192Z")
    #expect(Instant(last.description) == last)
    #expect(Instant(first.description) == first)
    #expect(last.date(offsetSeconds: 86_399).description == "+294247-01-11")
  }
}
