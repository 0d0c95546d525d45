/// Divides a text at its marks, byte by byte: line ends stay what they are.
struct TextDivider {
  private(set) var passages: [SourceText.Passage] = []
  private(set) var parts: [String] = []

  private let firstPage: LocatorRange?
  private var place: Place?
  private var placeLine = 1
  /// Where each place was marked, by line.
  private var marked: [String: Int] = [:]
  private var part: [UInt8] = []
  private var body: [UInt8] = []

  private static let lineFeed = UInt8(ascii: "\n")
  private static let formFeed: UInt8 = 0x0C

  private struct Place {
    let text: String
    let pages: LocatorRange?

    init(_ pages: LocatorRange) {
      text = pages.pageText
      self.pages = pages
    }

    init(paragraph: Substring, of part: Substring) {
      text = "\(part)¶ \(paragraph)"
      pages = nil
    }
  }

  init(firstPage: String?) throws(Refusal) {
    guard let firstPage else {
      self.firstPage = nil
      return
    }
    guard let page = LocatorRange(pages: firstPage), page.isSingle else {
      throw Refusal(
        .badText, "\"\(firstPage)\" is not the number of a page", remedy: "Write it as 27 or iv.")
    }
    self.firstPage = page
  }

  mutating func divide(_ bytes: [UInt8]) throws(Refusal) {
    let end = bytes.lastIndex { !Self.isSpace($0) }.map { $0 + 1 } ?? 0
    guard end > 0 else { throw Refusal(.badText, "the text is empty") }
    let isPaged = bytes[..<end].contains(Self.formFeed)
    if let firstPage {
      guard isPaged else {
        throw Refusal(
          .badText, "the text has no form feeds for the first page to be counted from",
          remedy:
            "Leave the number of the first page out; mark the pages with lines such as [p. 41].")
      }
      place = Place(firstPage)
    }
    var line = 1
    var start = 0
    while start < bytes.count {
      if bytes[start] == Self.formFeed, start < end {
        try turnPage(line)
        part.append(Self.formFeed)
        body.append(Self.lineFeed)
        start += 1
        continue
      }
      let rest = bytes[start...]
      let stop = rest.firstIndex { $0 == Self.lineFeed || $0 == Self.formFeed } ?? bytes.count
      let next =
        stop < bytes.count && bytes[stop] == Self.lineFeed ? stop + 1 : max(stop, start + 1)
      if let mark = try Self.mark(in: bytes[start..<stop], line) {
        try begin(mark, line)
        part += bytes[start..<next]
      } else {
        part += bytes[start..<next]
        body += bytes[start..<next]
      }
      if next > stop { line += 1 }
      start = next
    }
    try close()
    guard !isPaged || !marked.isEmpty else {
      throw Refusal(
        .badText, "the text is divided by form feeds, which count the sheets of a file",
        remedy:
          "Say which printed page the first one is, such as --first-page 1, or mark the pages "
          + "with lines such as [p. 41].")
    }
  }

  // MARK: Marks

  /// The place that a line marks; nil for a line of the text.
  private static func mark(in line: ArraySlice<UInt8>, _ number: Int) throws(Refusal) -> Place? {
    // A byte order mark may come before the first.
    let text = String(decoding: line, as: UTF8.self).drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    guard text.first == "[" else { return nil }
    var inner = text.dropFirst()
    while inner.last?.isWhitespace ?? false { inner.removeLast() }
    guard inner.popLast() == "]" else { return nil }
    if let sign = inner.lastIndex(of: "¶") {
      let number = inner[inner.index(after: sign)...].drop { $0 == " " }
      guard !number.isEmpty, number.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
      return Place(paragraph: number, of: inner[..<sign])
    }
    let word = inner.prefix { $0.isLetter || $0 == "." }
    guard ["p.", "pp.", "page", "pages"].contains(word.lowercased()) else { return nil }
    guard let pages = LocatorRange(pages: inner.dropFirst(word.count)) else {
      throw Refusal(
        .badText, "line \(number): the mark \"[\(inner)]\" names no page",
        remedy: "Write it as [p. 41], [p. iv] or [pp. 5–6].")
    }
    return Place(pages)
  }

  private mutating func begin(_ mark: Place, _ line: Int) throws(Refusal) {
    // A mark at the head of a sheet gives that sheet its number.
    if !body.allSatisfy(Self.isSpace) { try close() }
    place = mark
    placeLine = line
  }

  private mutating func turnPage(_ line: Int) throws(Refusal) {
    // Sheets before the first mark may be a cover.
    guard let last = place?.pages else { return }
    try close()
    place = Place(last.next)
    placeLine = line
  }

  private mutating func close() throws(Refusal) {
    guard !part.isEmpty else { return }
    if let place {
      if let first = marked[place.text] {
        throw Refusal(
          .badText, "line \(placeLine): \(place.text) begins a second time, after line \(first)",
          remedy: "Mark each page once; what cannot be told apart shares a mark such as [pp. 5–6].")
      }
      marked[place.text] = placeLine
    }
    parts.append(String(decoding: part, as: UTF8.self))
    passages.append(
      SourceText.Passage(
        place: place?.text, text: String(decoding: body, as: UTF8.self), pages: place?.pages,
        mark: place.flatMap { Locator($0.text).places.first }))
    part = []
    body = []
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }
}
