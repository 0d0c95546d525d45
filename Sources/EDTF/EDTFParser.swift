internal import Calendar

/// Reads one expression. Everything that EDTF can say is ASCII, so that bytes are characters.
struct EDTFParser {
  let text: String
  let bytes: [UInt8]
  let calendar: CalendarSystem

  init(_ text: String, _ calendar: CalendarSystem) {
    self.text = text
    self.bytes = Array(text.utf8)
    self.calendar = calendar
  }

  func parse() throws(EDTFError) -> Expression {
    guard let first = bytes.first else {
      throw EDTFError(text, "it is empty", at: 0)
    }
    if let date = plainDate() { return .date(date) }
    try checkAlphabet()
    if first == UInt8(ascii: "[") || first == UInt8(ascii: "{") {
      return try parseSet()
    }
    if let bracket = bytes.firstIndex(where: Self.isBracketOrComma) {
      throw error(
        "a set begins and ends with brackets, as in [1927,1928] or {1927,1928}", at: bracket)
    }
    if bytes.contains(UInt8(ascii: "/")) {
      return try parseInterval()
    }
    if let dots = bytes.indices.first(where: { bytes[$0...].starts(with: "..".utf8) }) {
      throw error(
        "a range of dates belongs in brackets, as in [1923..1925]; an interval is written 1923/1925",
        at: dots)
    }
    if bytes.contains(UInt8(ascii: "T")) {
      return try parseDateTime()
    }
    return .date(try parseDate(bytes[...]))
  }

  func error(_ message: String, at offset: Int) -> EDTFError {
    EDTFError(text, message, at: offset)
  }

  func string(_ slice: ArraySlice<UInt8>) -> String {
    String(decoding: slice, as: UTF8.self)
  }

  /// Refuses characters that EDTF never uses, before anything else is said about them.
  private func checkAlphabet() throws(EDTFError) {
    // Logs hold millions of dates, and nearly all of them pass here.
    if bytes.allSatisfy(Self.isInAlphabet) { return }
    for (offset, character) in text.enumerated() {
      if let ascii = character.asciiValue, Self.isInAlphabet(ascii) { continue }
      if text.contains(where: \.isLetter), text.contains(where: \.isWhitespace) || offset == 0 {
        throw error("dates are written in figures, as in 1937, 1937-07 or 1937-07-16", at: 0)
      }
      throw character.isWhitespace
        ? error("it holds a space", at: offset)
        : error("“\(character)” has no meaning there", at: offset)
    }
  }

  private static func isInAlphabet(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "/"), UInt8(ascii: "T"), UInt8(ascii: "Z"), UInt8(ascii: "Y"),
      UInt8(ascii: "E"), UInt8(ascii: "S"), UInt8(ascii: "X"), UInt8(ascii: "?"),
      UInt8(ascii: "~"), UInt8(ascii: "%"), UInt8(ascii: "+"):
      true
    default: isBracketOrComma(byte)
    }
  }

  private static func isBracketOrComma(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"),
      UInt8(ascii: ","):
      true
    default: false
    }
  }

  // MARK: Intervals

  private func parseInterval() throws(EDTFError) -> Expression {
    let sides = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard sides.count == 2 else {
      throw error("an interval has one start and one end", at: sides[1].endIndex)
    }
    let start = try parseEnd(sides[0])
    let end = try parseEnd(sides[1])
    guard start.date != nil || end.date != nil else {
      throw error("an interval needs a date at one end at least", at: 0)
    }
    if let first = start.date, let last = end.date, first.earliest > last.latest {
      throw error("the interval ends before it begins", at: sides[1].startIndex)
    }
    return .interval(start: start, end: end)
  }

  private func parseEnd(_ side: ArraySlice<UInt8>) throws(EDTFError) -> IntervalEnd {
    if side.isEmpty { return .unknown }
    if side.elementsEqual("..".utf8) { return .open }
    if side.contains(UInt8(ascii: "T")) {
      throw error("the ends of an interval have no time of day", at: side.startIndex)
    }
    return .date(try parseDate(side))
  }

  // MARK: Dates with a time

  private func parseDateTime() throws(EDTFError) -> Expression {
    let parts = bytes.split(
      separator: UInt8(ascii: "T"), maxSplits: 1, omittingEmptySubsequences: false)
    let date = try parseDate(parts[0])
    guard date.precision == .day, date.qualifiers.isEmpty, !date.hasExtendedYear else {
      throw error(
        "a time of day follows a full date of the form YYYY-MM-DD", at: parts[1].startIndex)
    }
    return .dateTime(date, try parseTime(parts[1]))
  }

  private func parseTime(_ slice: ArraySlice<UInt8>) throws(EDTFError) -> TimePart {
    let clock = slice.prefix(8)
    let zone = slice.dropFirst(8)
    guard let (hour, minute, second) = clockParts(clock) else {
      throw error("a time of day is written hh:mm:ss", at: slice.startIndex)
    }
    guard let offset = zoneMinutes(zone) else {
      throw error("after the time only Z, ±hh or ±hh:mm may follow", at: zone.startIndex)
    }
    // ISO 8601-1 has the sign + where local time is ahead of UTC or equal to it.
    guard offset != 0 || zone.first != UInt8(ascii: "-") else {
      throw error("the time of UTC itself is written Z or +00:00", at: zone.startIndex)
    }
    // A leap second is the last of a day in UTC.
    let isLeapSecond = second == 60 && (hour * 60 + minute - offset + 1440) % 1440 == 1439
    guard hour < 24, minute < 60, second < 60 || isLeapSecond else {
      throw error("there is no such time of day", at: slice.startIndex)
    }
    return TimePart(
      clock: string(clock), hour: hour, minute: minute, second: second, zone: string(zone),
      offsetMinutes: zone.isEmpty ? nil : offset)
  }

  private func clockParts(_ clock: ArraySlice<UInt8>) -> (Int, Int, Int)? {
    let parts = clock.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 3, let hour = number(parts[0], digits: 2),
      let minute = number(parts[1], digits: 2), let second = number(parts[2], digits: 2)
    else { return nil }
    return (hour, minute, second)
  }

  /// The offset from UTC in minutes; 0 where none is written.
  private func zoneMinutes(_ zone: ArraySlice<UInt8>) -> Int? {
    guard let sign = zone.first, !zone.elementsEqual("Z".utf8) else { return 0 }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
      let hours = number(zone.dropFirst().prefix(2), digits: 2), hours < 24
    else { return nil }
    var minutes = 0
    if zone.count > 3 {
      guard zone.dropFirst(3).first == UInt8(ascii: ":"),
        let digits = number(zone.dropFirst(4), digits: 2), digits < 60
      else { return nil }
      minutes = digits
    }
    return (hours * 60 + minutes) * (sign == UInt8(ascii: "+") ? 1 : -1)
  }

  /// The number that a slice of exactly that many digits writes.
  func number(_ slice: ArraySlice<UInt8>, digits: Int) -> Int? {
    guard slice.count == digits, slice.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
    else { return nil }
    return slice.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }
}
