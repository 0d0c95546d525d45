internal import Calendar

/// The calendar that words name beside a date: "12 June 1850 O.S.", "22 April 1870 (New Style)", "@#DJULIAN@ 12 JUN 1850".
enum StatedCalendar {
  /// The date alone, and the calendar; nil where none is named.
  static func apart(from text: String) -> (date: String, calendar: CalendarSystem?) {
    let forms: [(Regex<Substring>, CalendarSystem)] = [
      (/[\s,(]+(?:o\.? ?s\.?|old[ -]style)\)?\s*/.ignoresCase(), .julian),
      (/[\s,(]+(?:n\.? ?s\.?|new[ -]style)\)?\s*/.ignoresCase(), .gregorian),
    ]
    for (form, calendar) in forms {
      if let match = text.matches(of: form).last, match.range.upperBound == text.endIndex {
        return (String(text[..<match.range.lowerBound]), calendar)
      }
    }
    for (mark, calendar) in [
      ("@#djulian@ ", CalendarSystem.julian), ("@#dgregorian@ ", .gregorian),
    ]
    where text.lowercased().hasPrefix(mark) {
      return (String(text.dropFirst(mark.count)), calendar)
    }
    return (text, nil)
  }

  /// A date in EDTF, with the calendar if that is the Julian and not named already.
  static func join(_ date: String, _ calendar: CalendarSystem?) -> String {
    calendar == .julian && !date.hasSuffix(EDTF.oldStyle) ? date + EDTF.oldStyle : date
  }
}
