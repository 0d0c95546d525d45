import Calendar
import EventLog
import Testing

@testable import dossier

@Suite("Moments")
struct WhenTests {
  /// A Wednesday.
  static let now = Instant("2026-03-11T09:30:00.000000Z")

  private func read(_ text: String, zone: String = "UTC") throws -> String {
    let zone = try TimeZoneRules(name: zone, environment: [:])
    switch try When(in: zone, now: #require(Self.now)).read(text).asOf {
    case .head: return "head"
    case .position(let position): return "@\(position)"
    case .instant(let instant): return instant.description
    }
  }

  @Test(
    "Dates, times, positions and words",
    arguments: [
      ("2026-03-01", "2026-03-01T23:59:59.999999Z"),
      ("2026-03-01T12:00Z", "2026-03-01T12:00:00.000000Z"),
      ("2026-03-01T12:00:30.5+01:00", "2026-03-01T11:00:30.500000Z"),
      ("2026-03-01 12:00", "2026-03-01T12:00:00.000000Z"),
      ("@412", "@412"), ("@0", "@0"),
      ("now", "2026-03-11T09:30:00.000000Z"),
      ("today", "2026-03-11T23:59:59.999999Z"),
      ("yesterday", "2026-03-10T23:59:59.999999Z"),
      ("Tuesday", "2026-03-10T23:59:59.999999Z"),
      ("thursday", "2026-03-05T23:59:59.999999Z"),
      ("wednesday", "2026-03-04T23:59:59.999999Z"),
      ("last friday", "2026-03-06T23:59:59.999999Z"),
      ("2 weeks ago", "2026-02-25T23:59:59.999999Z"),
      ("a day ago", "2026-03-10T23:59:59.999999Z"),
      ("1 month ago", "2026-02-11T23:59:59.999999Z"),
      ("3 years ago", "2023-03-11T23:59:59.999999Z"),
      ("an hour ago", "2026-03-11T08:30:00.000000Z"),
      ("90 minutes ago", "2026-03-11T08:00:00.000000Z"),
    ])
  func reading(text: String, moment: String) throws {
    #expect(try read(text) == moment)
  }

  @Test(
    "What is none is refused with the forms there are, or what was meant",
    arguments: [
      ("@", "not a position"), ("@-1", "not a position"), ("@4x", "not a position"),
      ("2026-02-30", "2026-02-30"), ("2026-13-01T00:00Z", "2026-13-01"),
      ("yesterdy", "Did you mean \"yesterday\"?"), ("tusday", "Did you mean \"tuesday\"?"),
      ("2 moons ago", "Write a date"), ("-2 days ago", "Write a date"), ("", "Write a date"),
      ("99999999999999999999 days ago", "Write a date"),
    ])
  func refusals(text: String, message: String) {
    #expect {
      try read(text)
    } throws: { error in
      guard let failure = error as? Failure else { return false }
      return failure.status == .usage && failure.message?.contains(message) == true
    }
  }

  @Test(
    "What cannot be meant is refused before any server is asked",
    arguments: [
      ["case", "list", "--as-of", "sometime"], ["case", "show", "smith", "--as-of", "@x"],
      ["replay", "--to", "sometime"], ["diff", "sometime..now"], ["diff", "@1"],
      ["log", "export", "--as-of", "2026-02-30"],
      ["case", "list", "--as-of", "now", "--time-zone", "Mars"],
    ])
  func early(line: [String]) async throws {
    try await Sandbox.withoutDatabase { sandbox in
      let outcome = try await sandbox.run(line, with: ["DATABASE_URL": "host=/nonexistent"])
      #expect(outcome.status == 64, "\(outcome.errors)")
    }
  }

  @Test("What a word resolved to is said on standard error")
  func saying() async throws {
    try await Sandbox.withCasebook { sandbox in
      let relative = try await sandbox("case", "list", "--as-of", "today", "--format", "json")
      #expect(relative.status == 0)
      #expect(relative.errors.contains("today is 2"))
      let unknown = try await sandbox("case", "list", "--as-of", "sometime")
      #expect(unknown.errors.hasPrefix("dossier: \"sometime\" is not a moment. Write a date"))
      #expect(unknown.status == 64)
      let absolute = try await sandbox("case", "list", "--as-of", "@1", "--format", "json")
      #expect(absolute.errors.isEmpty)
    }
  }
}

@Suite("Time zones")
struct TimeZoneTests {
  @Test(
    "The end of a day is the zone's own, summer time and far years included",
    arguments: [
      ("UTC", "2026-03-01", "2026-03-01T23:59:59.999999Z"),
      ("+05:30", "2026-03-01", "2026-03-01T18:29:59.999999Z"),
      ("Europe/Paris", "2026-03-01", "2026-03-01T22:59:59.999999Z"),
      ("Europe/Paris", "2026-07-01", "2026-07-01T21:59:59.999999Z"),
      ("Europe/Paris", "2026-03-29", "2026-03-29T21:59:59.999999Z"),
      ("Europe/Paris", "2026-10-25", "2026-10-25T22:59:59.999999Z"),
      ("Europe/Paris", "2061-07-01", "2061-07-01T21:59:59.999999Z"),
      ("Europe/Paris", "2061-12-01", "2061-12-01T22:59:59.999999Z"),
      ("America/New_York", "2061-07-01", "2061-07-02T03:59:59.999999Z"),
      ("Australia/Sydney", "2061-01-01", "2061-01-01T12:59:59.999999Z"),
      ("Australia/Sydney", "2061-07-01", "2061-07-01T13:59:59.999999Z"),
      ("Asia/Tokyo", "2061-07-01", "2061-07-01T14:59:59.999999Z"),
      ("Europe/Moscow", "1937-07-16", "1937-07-16T20:59:59.999999Z"),
    ])
  func endOfDay(name: String, date: String, moment: String) throws {
    let zone = try TimeZoneRules(name: name, environment: [:])
    #expect(try zone.endOfDay(#require(CalendarDate(date))).description == moment)
  }

  @Test(
    "A wall clock that shows a time twice means the later, one that skips it the moment after",
    arguments: [
      ("2026-10-25T02:30", "2026-10-25T01:30:00.000000Z"),
      ("2026-03-29T02:30", "2026-03-29T01:30:00.000000Z"),
      ("2026-03-29T02:30Z", "2026-03-29T02:30:00.000000Z"),
    ])
  func changes(time: String, moment: String) throws {
    let paris = try TimeZoneRules(name: "Europe/Paris", environment: [:])
    #expect(paris.instant(try DateTime(parsing: time)).description == moment)
  }

  @Test(
    "A name that is none is refused",
    arguments: ["Paris", "Europe/Pariss", "../../etc/passwd", "+25:00", ""])
  func unknown(name: String) {
    #expect(throws: Failure.self) { try TimeZoneRules(name: name, environment: [:]) }
  }

  @Test(
    "A rule by which no clocks can be set is none",
    arguments: [
      "CET-9000000000000000", "CET-27", "CET-1CEST-99,M3.5.0,M10.5.0",
      "CET-1CEST,M3.5.0/9000000000000000,M10.5.0", "CET-1CEST,M3.5.0,M13.5.0", "CE-1", "",
    ])
  func impossibleRule(text: String) {
    #expect(RecurringRule("CET-1CEST,M3.5.0,M10.5.0/3") != nil)
    #expect(RecurringRule(text) == nil)
  }
}
