import Calendar

extension TimeZoneRules {
  /// The zone of a name: `UTC`, `+01:00`, or one of the tz database such as `Europe/Paris`.
  ///
  /// - Parameters:
  ///   - name: What was asked for.
  ///   - environment: `TZDIR` says where the tz database is, if elsewhere than usual.
  /// - Throws: `Failure` when there is no such zone.
  init(name: String, environment: [String: String]) throws(Failure) {
    if ["UTC", "Z", "GMT"].contains(name.uppercased()) {
      self = .utc
      return
    }
    if let seconds = Self.offset(name) {
      self.init(fixedOffset: seconds)
      return
    }
    let directory = environment["TZDIR"] ?? "/usr/share/zoneinfo"
    let isName = name.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "/_+-".contains($0))
    }
    guard isName, !name.hasPrefix("/"),
      let bytes = try? FileReader.bytes(of: directory + "/" + name, limit: 1 << 20),
      let file = TimeZoneFile(bytes)
    else {
      throw Failure(
        .usage,
        "there is no time zone \"\(name)\". Write UTC, an offset such as +01:00, or a name such as "
          + "Europe/Paris")
    }
    self.init(periods: file.periods, rule: file.rule)
  }

  private static func offset(_ text: String) -> Int? {
    guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
    // The same forms as in a time, where the calendar reads them.
    return (try? DateTime(parsing: "2000-01-01T00:00" + text))?.offsetSeconds
  }
}

/// A compiled time zone file (RFC 8536), version 2 or later.
struct TimeZoneFile {
  let periods: [TimeZoneRules.Period]
  let rule: RecurringRule?

  private static let headerLength = 44

  init?(_ bytes: [UInt8]) {
    guard let old = Header(bytes, at: 0), old.version >= UInt8(ascii: "2") else { return nil }
    // The first part is for readers of 32 bits; the second has all times.
    let second = Self.headerLength + old.length(timeSize: 4)
    guard let header = Header(bytes, at: second) else { return nil }
    let data = second + Self.headerLength
    let footer = data + header.length(timeSize: 8)
    guard footer <= bytes.count else { return nil }

    let indices = data + header.times * 8
    let types = indices + header.times
    func offset(ofType index: Int) -> Int {
      Int(Int32(truncatingIfNeeded: Self.number(bytes, at: types + index * 6, size: 4)))
    }
    guard header.types > 0,
      (0..<header.types).allSatisfy({ TimeZoneRules.offsets.contains(offset(ofType: $0)) })
    else { return nil }
    var periods = [TimeZoneRules.Period(start: .min, offset: offset(ofType: 0))]
    for index in 0..<header.times {
      let type = Int(bytes[indices + index])
      guard type < header.types else { return nil }
      let start = Int64(bitPattern: Self.number(bytes, at: data + index * 8, size: 8))
      periods.append(TimeZoneRules.Period(start: start, offset: offset(ofType: type)))
    }
    self.periods = periods
    let line = bytes[footer...].drop { $0 == 0x0A }.prefix { $0 != 0x0A }
    rule = RecurringRule(String(decoding: line, as: UTF8.self))
  }

  private static func number(_ bytes: [UInt8], at index: Int, size: Int) -> UInt64 {
    bytes[index..<(index + size)].reduce(0) { $0 << 8 | UInt64($1) }
  }

  private struct Header {
    let version: UInt8
    let universalFlags: Int
    let standardFlags: Int
    let leapSeconds: Int
    let times: Int
    let types: Int
    let characters: Int

    init?(_ bytes: [UInt8], at start: Int) {
      guard start + TimeZoneFile.headerLength <= bytes.count,
        bytes[start..<(start + 4)].elementsEqual("TZif".utf8)
      else { return nil }
      func count(_ index: Int) -> Int {
        Int(TimeZoneFile.number(bytes, at: start + 20 + index * 4, size: 4))
      }
      version = bytes[start + 4]
      universalFlags = count(0)
      standardFlags = count(1)
      leapSeconds = count(2)
      times = count(3)
      types = count(4)
      characters = count(5)
    }

    func length(timeSize: Int) -> Int {
      times * (timeSize + 1) + types * 6 + characters + leapSeconds * (timeSize + 4)
        + standardFlags + universalFlags
    }
  }
}
