extension EDTF {
  /// What a historian's wording of a date probably is in EDTF, or nil if there is no telling.
  ///
  /// Knows the wordings of English scholarship ("Fall of 1920", "about 1896", "June 28, 1899",
  /// "1927 or early 1928", "the 1930's", "between 1923 and 1925", "late 1929", "1918–1921",
  /// "12/24 June 1850", "12 June 1850 O.S."), those of GEDCOM ("ABT 1850", "BET 1850 AND 1860") and
  /// slips in EDTF itself (`1985-4-1`, `199u`). What is valid already is given back. A suggestion
  /// is for a person to accept: it may leave out some of what the words say.
  ///
  /// - Parameter text: the wording.
  /// - Returns: valid EDTF, or nil.
  public static func suggestion(for text: String) -> String? {
    if (try? EDTF(strictly: text)) != nil { return text }
    let (words, calendar) = StatedCalendar.apart(from: text)
    let candidates = [
      { words }, { repairedEDTF(words) }, { NumericDate.edtf(words) },
      { DateWording(words, calendar).suggestion },
    ]
    for candidate in candidates {
      guard let candidate = candidate().map({ StatedCalendar.join($0, calendar) }) else { continue }
      if (try? EDTF(strictly: candidate)) != nil { return candidate }
    }
    return nil
  }

  /// What is wrong with the date that words name: "31 April 1928" is no day.
  static func impossibility(in text: String) -> String? {
    let (words, calendar) = StatedCalendar.apart(from: text)
    let isInWords = words.contains(where: \.isLetter)
    let date = isInWords ? DateWording(words, calendar).suggestion : NumericDate.edtf(words)
    guard let date, date != words else { return nil }
    do {
      _ = try EDTF(strictly: StatedCalendar.join(date, calendar))
      return nil
    } catch {
      return error.message
    }
  }

  /// EDTF with the slips of those who write it by hand, or know its draft of 2012, mended.
  private static func repairedEDTF(_ text: String) -> String? {
    let plain = String(text.filter { !$0.isWhitespace }.map { hyphens.contains($0) ? "-" : $0 })
    guard !plain.contains(where: { $0.isLetter && !"uxyeXYESTZ".contains($0) }) else {
      return draftInterval(plain)
    }
    guard let single = ungrouped(plain) else { return nil }
    let modern = single.replacing("?~", with: "%").replacing("~?", with: "%")
      .map { ["u": "X", "x": "X", "y": "Y"][$0] ?? $0 }
    return modern.starts(with: "-Y") ? "Y-" + String(modern.dropFirst(2)) : String(modern)
  }

  /// `(2004)?-06` and `2004-(06-11)~`, in which the draft of 2012 marked parts alone, each with a mark of its own; nil
  /// when nothing is marked.
  private static func ungrouped(_ text: String) -> String? {
    guard let open = text.firstIndex(of: "("), let close = text[open...].firstIndex(of: ")") else {
      return text
    }
    let rest = text[text.index(after: close)...]
    let mark = rest.prefix { "?~".contains($0) }
    guard let first = mark.first else { return nil }
    let parts = text[text.index(after: open)..<close].split(separator: "-")
      .map { (mark.count > 1 ? "%" : String(first)) + $0 }
    return ungrouped(
      text[..<open] + parts.joined(separator: "-") + rest.dropFirst(mark.count))
  }

  /// `1985/open` and `unknown/1985`, as the draft of 2012 wrote them.
  private static func draftInterval(_ text: String) -> String? {
    let sides = text.split(separator: "/", omittingEmptySubsequences: false)
    guard sides.count == 2 else { return nil }
    return sides.map { ["open": "..", "unknown": ""][$0.lowercased()] ?? String($0) }
      .joined(separator: "/")
  }

  private static let hyphens: Set<Character> = ["‐", "‑", "−"]

  /// Dashes that people put between two dates.
  static let dashes: Set<Character> = ["‒", "–", "—"]
}
