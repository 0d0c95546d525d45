public import Casebook

/// The notes of one text in order: a work's first note is full, later ones are short, and *Ibid.* stands for the work of
/// the note before, by the rules of CSL for locators.
public struct NoteSequence: Sendable {
  private var cited: Set<Slug> = []
  private var last: (work: Slug, locator: String?)?

  /// Begins before the first note.
  public init() {}

  /// The next note, in Markdown.
  public mutating func note(_ item: CSLItem, of work: Slug, at locator: String?) -> String {
    let before = last
    last = (work, locator)
    guard cited.contains(work) else {
      cited.insert(work)
      return Chicago(item).fullNote(locator)
    }
    // “Ibid.” alone repeats the place too, so it cannot follow a note of a page without naming one.
    guard let before, before.work == work, locator != nil || before.locator == nil else {
      return Chicago(item).shortNote(locator)
    }
    if before.locator == locator { return "Ibid." }
    return "Ibid., \(Chicago.pages(locator ?? ""))."
  }
}
