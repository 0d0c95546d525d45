import CasebookStore
import EventLog
import StrictJSON

/// That authors up to a position are those that a file named when the casebook was restored: the server vouches for who
/// restored it, and for nobody before.
struct ImportedAuthors {
  let imported: ImportRecord

  /// The mark as it stands in the basis of a document.
  var json: JSON {
    .document(
      ("upTo", .integer(imported.upTo)), ("at", .instant(imported.at)),
      ("by", .string(imported.by)))
  }

  /// The mark as it stands on a page.
  var note: String {
    "authors up to @\(imported.upTo) as imported by \(imported.by) on \(imported.at.shortText)"
  }
}

extension View {
  /// How authors came into the casebook with it; nil where it was not imported or no author is shown.
  var importedAuthors: ImportedAuthors? {
    guard showsRecorders, let imported else { return nil }
    return ImportedAuthors(imported: imported)
  }
}
