/// A date in a historian's English, cut into words, and the EDTF that it probably means.
struct DateWording {
  private let words: [String]

  init(_ text: String) {
    words = Self.normalized(Self.tokens(text))
  }

  /// The EDTF for all the words, not yet checked.
  var suggestion: String? {
    alternatives ?? interval ?? Period(words)?.text
  }

  // MARK: One of several, or all of them

  private var alternatives: String? {
    if let range = rangeBetween { return range }
    if let openRange { return openRange }
    for (conjunction, opening, closing) in [("or", "[", "]"), ("and", "{", "}")] {
      guard let members = members(joinedBy: conjunction) else { continue }
      if members.count == 2, let open = Self.openings[members[1].joined()] {
        guard let date = Period(members[0])?.coarse.text else { return nil }
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
    return start.precision == end.precision && start.precision != .season
      ? "[\(start.text)..\(end.text)]" : "\(start.text)/\(end.text)"
  }

  /// "before 1930", "by 1930", "after May 1930", "not later than 1930".
  private var openRange: String? {
    let openers: [(words: [String], build: (Period) -> String?)] = [
      (["before"], { $0.coarse.preceding.map { "[..\($0.text)]" } }),
      (["prior", "to"], { $0.coarse.preceding.map { "[..\($0.text)]" } }),
      (["after"], { $0.coarse.following.map { "[\($0.text)..]" } }),
      (["by"], { $0.end.map { "[..\($0.text)]" } }),
      (["ante"], { $0.coarse.preceding.map { "[..\($0.text)]" } }),
      (["post"], { $0.coarse.following.map { "[\($0.text)..]" } }),
      (["not", "after"], { $0.end.map { "[..\($0.text)]" } }),
      (["not", "before"], { $0.start.map { "[\($0.text)..]" } }),
      (["not", "later", "than"], { $0.end.map { "[..\($0.text)]" } }),
      (["no", "later", "than"], { $0.end.map { "[..\($0.text)]" } }),
      (["not", "earlier", "than"], { $0.start.map { "[\($0.text)..]" } }),
      (["no", "earlier", "than"], { $0.start.map { "[\($0.text)..]" } }),
    ]
    for opener in openers where words.starts(with: opener.words) {
      return Period(Array(words.dropFirst(opener.words.count))).flatMap(opener.build)
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

  /// Members in EDTF; "June or July 1930" lends June the year of what follows.
  private func memberTexts(_ members: [[String]]) -> [String]? {
    let periods = Period.completed(members.compactMap(Period.init))
    guard periods.count == members.count, periods.count > 1,
      periods.allSatisfy(\.coarse.isComplete)
    else { return nil }
    return periods.map { $0.coarse.text + $0.qualifier }
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
      return Period(Array(rest))?.end.map { "../\($0.text)" }
    }
    if let split = rest.firstIndex(where: { ["to", "until", "till", "through", "-"].contains($0) })
    {
      return span(Array(rest[..<split]), Array(rest[(split + 1)...]))
    }
    if let last = rest.last, ["on", "onward", "onwards", "forward"].contains(last) {
      opener = "from"
      rest = rest.dropLast()
    }
    guard opener != nil else { return nil }
    return Period(Array(rest))?.start.map { "\($0.text)/.." }
  }

  private func span(_ first: [String], _ last: [String]) -> String? {
    guard let start = Period(first), let end = Period(last) else { return nil }
    if let winter = start.winter(through: end) { return winter }
    let ends = Period.completed([start, end])
    guard let from = ends[0].start, let to = ends[1].end else { return nil }
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
      case "-", "/": spaced += " - "
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
        words.append(word)
      }
    }
    return words
  }

  /// What may be joined to a date by a hyphen: "mid-1931", "post-1930".
  private static let prefixes: Set<String> = ["mid", "early", "late", "ante", "post"]

  private static let fillers: Set<String> = [
    "the", "of", "in", "on", "at", "during", "year", "years", "month", "day", "some", "time",
    "sometime", "toward", "towards", "season", "night", "morning", "afternoon", "evening", "monday",
    "tuesday",
    "wednesday", "thursday", "friday", "saturday", "sunday",
  ]
}
