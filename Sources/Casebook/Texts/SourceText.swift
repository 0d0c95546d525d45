/// The text of a source, divided into passages by its own page marks.
///
/// A mark is a line that holds nothing but `[p. 41]`, `[page 41]`, `[pp. 5–6]` where it is known only that both are
/// there, `[p. iv]`, `[p. A41]`, or `[ch. 5 summary ¶ 2]` for a paragraph: what follows stands there. A form feed begins
/// the next page, counted from the printed number that the first page is said to have. What comes before the first mark
/// stands on no known page.
public struct SourceText: Sendable {
  /// What stands at one place.
  public struct Passage: Hashable, Sendable {
    /// Where it is, as locators name it: `p. 41`; nil when nothing says so.
    public let place: String?
    /// The text there, marks left out.
    public let text: String
    let pages: LocatorRange?
    /// The place as it is compared with locators.
    let mark: Locator.Place?
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

  /// The passages at which a locator places something; nil when it counts by nothing by which the text is divided, such as
  /// a chapter where only pages are marked. Of a text without marks it is all.
  ///
  /// What the marks do not tell, such as a note or a volume, narrows nothing.
  func passages(at locator: Locator) -> Set<Int>? {
    guard placed > 0 else { return Set(passages.indices) }
    let known = passages.reduce(into: Set<LocatorUnit>()) { units, passage in
      if let mark = passage.mark { units.formUnion(mark.units.keys) }
    }
    let places = locator.places.filter { !known.isDisjoint(with: $0.units.keys) }
    guard !places.isEmpty else { return nil }
    return places.reduce(into: []) { $0.formUnion(passages(at: $1)) }
  }

  private func passages(at place: Locator.Place) -> Set<Int> {
    let found = passages.indices.filter { index in
      guard let mark = passages[index].mark else { return false }
      let shared = mark.units.keys.filter { place.units[$0] != nil }
      return !shared.isEmpty && shared.allSatisfy { mark.holds(place.units[$0] ?? [], of: $0) }
    }
    // “ch. 5 summary ¶ 2” is not the second paragraph of the chapter's notes.
    let named = found.filter { index in
      passages[index].mark.map { !$0.words.isEmpty && $0.words.allSatisfy(place.words.contains) }
        ?? false
    }
    return Set(named.isEmpty ? found : named)
  }

  /// The passages of a place that a reader asks for, such as `41` or `¶ 2`.
  public func passages(named place: String) -> [Passage] {
    let wanted = Locator(place)
    return passages.filter { $0.mark.map { wanted.isNamed(by: Locator(places: [$0])) } ?? false }
  }

  /// What the text's places look like, for whoever must name one: the first of each kind.
  public var exampleOfPlaces: [String] {
    var kinds: Set<Set<LocatorUnit>> = []
    return passages.compactMap { passage in
      passage.mark.flatMap { kinds.insert(Set($0.units.keys)).inserted ? passage.place : nil }
    }
  }
}
