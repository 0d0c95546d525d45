internal import Calendar

/// A date in a historian's English, cut into words, and the EDTF that it probably means.
struct DateWording {
  private let words: [String]
  /// The calendar named beside the words; nil where none is.
  private let calendar: CalendarSystem?

  init(_ text: String, _ calendar: CalendarSystem?) {
    words = Self.normalized(Self.tokens(text))
    self.calendar = calendar
  }

  /// The EDTF for all the words, not yet checked.
  var suggestion: String? {
    if let splitYear { return splitYear }
    return alternatives ?? interval ?? Period(words)?.text
  }

  // MARK: One of several, or all of them

  private var alternatives: String? {
    if let range = rangeBetween { return range }
    if let openRange { return openRange }
    for (conjunction, opening, closing) in [("or", "[", "]"), ("and", "{", "}")] {
      guard let members = members(joinedBy: conjunction) else { continue }
      if members.count == 2, let open = Self.openings[members[1].joined()] {
        guard let period = Period(members[0]),
          let limit = open == .later ? period.start : period.end
        else { return nil }
        let date = limit.text + period.qualifier
        return open == .later ? "[\(date)..]" : "[..\(date)]"
      }
      guard let texts = memberTexts(members) else { return nil }
      return opening + texts.joined(separator: ",") + closing
    }
    return nil
  }

  private enum Opening { case earlier, later }

  private static let openings: [String: Opening] = [
    "later": .later, "after": .later, "afterwards": .later, "thereafter": .later, "since": .later,
    "earlier": .earlier, "before": .earlier,
  ]

  /// "between 1923 and 1925".
  private var rangeBetween: String? {
    guard words.first == "between", let middle = words.firstIndex(of: "and"),
      let first = Period(Array(words[1..<middle])),
      let last = Period(Array(words[(middle + 1)...]))
    else { return nil }
    let ends = Period.completed([first, last])
    guard let start = ends[0].start, let end = ends[1].end else { return nil }
    let (from, to) = (start.text + first.qualifier, end.text + last.qualifier)
    return start.precision == end.precision && start.precision != .season
      ? "[\(from)..\(to)]" : "\(from)/\(to)"
  }

  /// "before 1930", "by 1930", "after about May 1930", "not later than 1930".
  private var openRange: String? {
    let openers: [(words: [String], opening: Opening, limit: (Period) -> SuggestedDate?)] = [
      (["before"], .earlier, \.lastBefore), (["prior", "to"], .earlier, \.lastBefore),
      (["ante"], .earlier, \.lastBefore), (["after"], .later, \.firstAfter),
      (["post"], .later, \.firstAfter), (["by"], .earlier, \.end),
      (["not", "after"], .earlier, \.end), (["not", "before"], .later, \.start),
      (["not", "later", "than"], .earlier, \.end), (["no", "later", "than"], .earlier, \.end),
      (["not", "earlier", "than"], .later, \.start), (["no", "earlier", "than"], .later, \.start),
    ]
    for opener in openers where words.starts(with: opener.words) {
      guard let period = Period(Array(words.dropFirst(opener.words.count))),
        let limit = opener.limit(period)
      else { return nil }
      let date = limit.text + period.qualifier
      return opener.opening == .later ? "[\(date)..]" : "[..\(date)]"
    }
    return nil
  }

  /// The wordings around "or" or "and", those before it parted by commas too if each is a date.
  private func members(joinedBy conjunction: String) -> [[String]]? {
    let groups = words.split(separator: conjunction, omittingEmptySubsequences: false)
      .map(Array.init)
    guard groups.count > 1 else { return nil }
    return groups.flatMap { group in
      let pieces = group.split(separator: ",").map(Array.init)
      let areDates = pieces.allSatisfy { Period($0)?.coarse.year != nil }
      return areDates ? pieces : [group.filter { $0 != "," }]
    }
  }

  /// Members in EDTF; "June or July 1930" lends June the year of what follows, "13 February 1919 or 1921" lends 1921 the
  /// day of what comes before.
  private func memberTexts(_ members: [[String]]) -> [String]? {
    let periods = Period.completed(members.compactMap(Period.init), lendingDays: true)
    guard periods.count == members.count, periods.count > 1,
      periods.allSatisfy(\.coarse.isComplete)
    else { return nil }
    return periods.map { $0.coarse.text + $0.qualifier }
  }

  // MARK: Years that begin in March

  /// "11 February 1731/32": a day of the year that began in March 1731 by one reckoning and in January 1732 by the other.
  private var splitYear: String? {
    guard words.count > 3, let digits = words.last, digits.allSatisfy(\.isASCIIDigit),
      ["/", "-"].contains(words[words.count - 2]), let period = Period(words.dropLast(2))
    else { return nil }
    return period.coarse.inNextYear(digits).map { $0.text + period.qualifier + EDTF.oldStyle }
  }

  // MARK: Intervals

  /// "from 1923 to 1925", "1918–1921", "June to September 1952", "since 1929", "until 1935".
  private var interval: String? {
    var rest = words[...]
    var opener: String?
    if let first = rest.first, ["from", "since", "until", "till", "to"].contains(first) {
      opener = first
      rest = rest.dropFirst()
    } else if rest.starts(with: ["up", "to"]) {
      opener = "until"
      rest = rest.dropFirst(2)
    }
    if opener == "until" || opener == "till" || opener == "to" {
      guard let period = Period(Array(rest)) else { return nil }
      return period.end.map { "../\($0.text)\(period.qualifier)" }
    }
    let joints = ["to", "until", "till", "through", "-", "/"]
    if let split = rest.firstIndex(where: joints.contains) {
      return span(Array(rest[..<split]), rest[split], Array(rest[(split + 1)...]))
    }
    if let last = rest.last, ["on", "onward", "onwards", "forward"].contains(last) {
      opener = "from"
      rest = rest.dropLast()
    }
    guard opener != nil, let period = Period(Array(rest)) else { return nil }
    return period.start.map { "\($0.text)\(period.qualifier)/.." }
  }

  private func span(_ first: [String], _ joint: String, _ last: [String]) -> String? {
    guard let start = Period(first), let end = Period(last) else { return nil }
    if let winter = start.winter(through: end) { return winter }
    let ends = Period.completed([start, end])
    guard let from = ends[0].start, let to = ends[1].end else { return nil }
    if joint == "/", to.isDay(ofOldStyle: from) {
      let qualifier = start.qualifier.isEmpty ? end.qualifier : start.qualifier
      return calendar == nil ? to.text + qualifier : nil
    }
    // A slip in naming one day in two calendars, not a stretch.
    if joint == "/", let apart = from.days(until: to), 10...13 ~= apart { return nil }
    return "\(from.text)\(start.qualifier)/\(to.text)\(end.qualifier)"
  }
}

// MARK: - Words

extension DateWording {
  /// Lower-case words, numbers, commas and dashes, each on its own.
  private static func tokens(_ text: String) -> [String] {
    var spaced = ""
    for character in text.lowercased() {
      switch character {
      case ",", ";": spaced += " , "
      case "-": spaced += " - "
      case "/": spaced += " / "
      case _ where EDTF.dashes.contains(character): spaced += " - "
      case "’", "‘", "ʼ": spaced += "'"
      case "?": spaced += " ? "
      case "(", ")": spaced += " "
      default: spaced.append(character)
      }
    }
    return spaced.split(whereSeparator: \.isWhitespace).flatMap(separated)
  }

  /// A word without its full stop: `feb.` is `feb`, `c.1896` is `c 1896`.
  private static func separated(_ word: Substring) -> [String] {
    let letters = word.prefix { $0.isLetter }
    let rest = word.dropFirst(letters.count)
    if ["c", "ca", "circa"].contains(letters), !rest.isEmpty {
      return [String(letters), String(rest.drop { $0 == "." })].filter { !$0.isEmpty }
    }
    if word.allSatisfy({ $0.isLetter || $0 == "." }) {
      return [word.filter { $0 != "." }].filter { !$0.isEmpty }
    }
    return [String(word.last == "." ? word.dropLast() : word)]
  }

  /// The words that matter, "on or about" in one.
  private static func normalized(_ tokens: [String]) -> [String] {
    var words: [String] = []
    var rest = tokens[...]
    while let word = rest.popFirst() {
      if ["on", "in", "at"].contains(word), rest.first == "or",
        let next = rest.dropFirst().first, Period.approximations.contains(next)
      {
        rest = rest.dropFirst()
      } else if word == "on", rest.isEmpty, !words.isEmpty {
        words.append("on")  // "from 1938 on"
      } else if word == "-", let last = words.last, prefixes.contains(last) {
        continue
      } else if !fillers.contains(word) {
        words.append(abbreviations[word] ?? word)
      }
    }
    return words
  }

  /// What may be joined to a date by a hyphen: "mid-1931", "post-1930".
  private static let prefixes: Set<String> = ["mid", "early", "late", "ante", "post"]

  /// The words of GEDCOM.
  private static let abbreviations = [
    "abt": "about", "est": "about", "cal": "about", "bef": "before", "aft": "after",
    "bet": "between",
  ]

  private static let fillers: Set<String> = [
    "the", "of", "in", "on", "at", "during", "year", "years", "month", "day", "some", "time",
    "sometime", "toward", "towards", "season", "night", "morning", "afternoon", "evening", "monday",
    "tuesday",
    "wednesday", "thursday", "friday", "saturday", "sunday",
  ]
}
