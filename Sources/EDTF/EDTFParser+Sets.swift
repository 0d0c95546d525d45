extension EDTFParser {
  /// Reads `[…]`, one of its members, or `{…}`, all of them.
  func parseSet() throws(EDTFError) -> Expression {
    let isOneOf = bytes[0] == UInt8(ascii: "[")
    let closing = isOneOf ? UInt8(ascii: "]") : UInt8(ascii: "}")
    guard bytes.count > 1, bytes.last == closing else {
      throw error(
        "a set that begins with \(isOneOf ? "[" : "{") ends with \(isOneOf ? "]" : "}")",
        at: bytes.count - 1)
    }
    let inner = bytes[1..<(bytes.count - 1)]
    if let stray = inner.firstIndex(where: { "[]{}/T".utf8.contains($0) }) {
      throw error("the members of a set are years, months, days and ranges of them", at: stray)
    }
    let slices = inner.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    var members: [SetMember] = []
    for slice in slices {
      members.append(try parseMember(slice))
    }
    try checkOpenRanges(members, slices)
    return .set(isOneOf ? .oneOf : .allOf, members)
  }

  private func parseMember(_ slice: ArraySlice<UInt8>) throws(EDTFError) -> SetMember {
    guard !slice.isEmpty else {
      throw error("a member of the set is empty", at: slice.startIndex)
    }
    guard let dots = slice.firstIndex(of: UInt8(ascii: ".")) else {
      return .single(try parseDate(slice))
    }
    let before = slice[..<dots]
    let after = slice[dots...].dropFirst(2)
    guard slice[dots...].starts(with: "..".utf8), !after.contains(UInt8(ascii: ".")),
      !(before.isEmpty && after.isEmpty)
    else {
      throw error("a range is written 1923..1925, 1923.. or ..1925", at: dots)
    }
    let first = before.isEmpty ? nil : try parseRangeEnd(before)
    let last = after.isEmpty ? nil : try parseRangeEnd(after)
    if let first, let last {
      guard first.precision == last.precision else {
        throw error("a range runs between two years, two months or two days", at: after.startIndex)
      }
      guard first.earliest <= last.earliest else {
        throw error("the range ends before it begins", at: after.startIndex)
      }
    }
    return .range(from: first, to: last)
  }

  private func parseRangeEnd(_ slice: ArraySlice<UInt8>) throws(EDTFError) -> DatePart {
    let date = try parseDate(slice)
    switch date.precision {
    case .year, .month, .day:
      return date
    case .season:
      throw error("a range runs between years, months or days, not seasons", at: slice.startIndex)
    case .estimate:
      throw error(
        "a range runs between exact years, months or days", at: slice.startIndex)
    case .decade, .century, .someMonthOfYear, .someDayOfMonth, .someDayOfYear, .pattern:
      throw error("a range cannot have unspecified digits (X)", at: slice.startIndex)
    }
  }

  /// "Or earlier" can only come first and "or later" only last.
  private func checkOpenRanges(
    _ members: [SetMember], _ slices: [ArraySlice<UInt8>]
  ) throws(EDTFError) {
    for (index, member) in members.enumerated() {
      guard case .range(let first, let last) = member else { continue }
      if first == nil, index > 0 {
        throw error("a range without a start can only come first", at: slices[index].startIndex)
      }
      if last == nil, index < members.count - 1 {
        throw error("a range without an end can only come last", at: slices[index].startIndex)
      }
    }
  }
}
