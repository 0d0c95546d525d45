/// What a locator counts by.
enum LocatorUnit: Hashable, Sendable {
  case volume, book, part, chapter, section, paragraph, page, folio, column, note, line, number

  /// The unit that a word names, in English, German, French and Russian; nil for any other word. A period at its end is
  /// no part of it.
  init?(_ word: some StringProtocol) {
    guard let unit = Self.words[word.lowercased()] else { return nil }
    self = unit
  }

  /// Whether it is smaller than a page, so that it names no place that page marks could tell.
  var isWithinPage: Bool {
    switch self {
    case .note, .line, .column: true
    default: false
    }
  }

  private static let words: [String: LocatorUnit] = {
    let table: [(LocatorUnit, String)] = [
      (.volume, "vol vols volume volumes bd bde band bände t tome tomes tom tomo т тт том"),
      (.book, "bk bks book books buch livre книга кн"),
      (.part, "pt pts part parts teil partie ч часть"),
      (.chapter, "ch chs chap chaps chapter chapters kap kapitel cap chapitre гл глава"),
      (.section, "§ §§ sec secs sect section sections abschnitt abschn параграф"),
      (.paragraph, "¶ ¶¶ par para paras paragraph paragraphs abs absatz alinéa абз абзац"),
      (
        .page,
        "p pp pg pgs page pages s ss seite seiten str strona stran с сс стр страница страницы стор pág págs"
      ),
      (.folio, "f fo fol fols folio folios ff bl blatt blätter feuillet feuillets л лл лист листы"),
      (.column, "col cols column columns sp spalte spalten colonne стб столб столбец"),
      (
        .note,
        "n nn note notes fn fns footnote footnotes endnote endnotes anm anmerkung fußnote прим примечание сн сноска"
      ),
      (.line, "l ll line lines z zeile zeilen ligne строка"),
      (.number, "no nos nr nrs № number doc док"),
    ]
    return Dictionary(
      uniqueKeysWithValues: table.flatMap { unit, words in
        words.split(separator: " ").map { (String($0), unit) }
      })
  }()
}
