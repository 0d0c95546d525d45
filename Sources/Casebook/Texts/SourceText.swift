/// The text of a source, divided into passages by its own page marks.
///
/// A mark is a line that holds nothing but `[p. 41]`, `[page 41]`, `[pp. 5–6]` where it is known only that both are
/// there, `[p. iv]`, or `[ch. 5 summary ¶ 2]` for a paragraph: what follows stands there. A form feed begins the next page, counted from
/// the printed number that the first page is said to have. What comes before the first mark stands on no known page.
public struct SourceText: Sendable {
  /// What stands at one place.
  public struct Passage: Hashable, Sendable {
    /// Where it is, as locators name it: `p. 41`; nil when nothing says so.
    public let place: String?
    /// The text there, marks left out.
    public let text: String
    let pages: PageRange?
  }

  /// The passages, in order.
  public let passages: [Passage]
  /// The bytes between the marks and with them: put together they are the whole again.
  public let parts: [String]

  /// How many passages have a place.
  public var placed: Int { passages.count { $0.place != nil } }

  /// Divides a text.
  ///
  /// - Parameters:
  ///   - text: the whole text.
  ///   - firstPage: the printed number of its first page, where form feeds divide the pages.
  /// - Throws: `Refusal` that names the line of a mark which cannot be read or names a page a second time, and for pages
  ///   that nothing numbers.
  public init(_ text: String, firstPage: String? = nil) throws(Refusal) {
    var divider = try TextDivider(firstPage: firstPage)
    try divider.divide(Array(text.utf8))
    passages = divider.passages
    parts = divider.parts
  }

  /// The passages that a locator names; nil when it names no page, and none can be told apart.
  func passages(at locator: String) -> Set<Int>? {
    guard placed > 0 else { return nil }
    let named = passages.indices.filter { index in
      passages[index].place.map { Casebook.Passage($0).isNamed(by: locator) } ?? false
    }
    return named.isEmpty && PageRange.all(in: locator).isEmpty ? nil : Set(named)
  }

  /// The passages of a place that a reader asks for, such as `41` or `¶ 2`.
  public func passages(named place: String) -> [Passage] {
    let wanted = Casebook.Passage(place)
    return passages.filter { $0.place.map(wanted.isNamed) ?? false }
  }
}
