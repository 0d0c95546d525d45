public import StrictJSON

/// The names that the schema of CSL-JSON (citation style language, 1.0.2) knows; a field of another name makes a file
/// invalid.
public enum CSLVariables {
  static let types: Set<String> = [
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book",
    "broadcast",
    "chapter", "classic", "collection", "dataset", "document", "entry", "entry-dictionary",
    "entry-encyclopedia", "event", "figure", "graphic", "hearing", "interview", "legal_case",
    "legislation", "manuscript", "map", "motion_picture", "musical_score", "pamphlet",
    "paper-conference", "patent", "performance", "periodical", "personal_communication", "post",
    "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech",
    "standard", "thesis", "treaty", "webpage",
  ]

  static let names: Set<String> = [
    "author", "chair", "collection-editor", "compiler", "composer", "container-author",
    "contributor", "curator", "director", "editor", "editorial-director", "executive-producer",
    "guest", "host", "illustrator", "interviewer", "narrator", "organizer", "original-author",
    "performer", "producer", "recipient", "reviewed-author", "script-writer", "series-creator",
    "translator",
  ]

  static let dates: Set<String> = [
    "accessed", "available-date", "event-date", "issued", "original-date", "submitted",
  ]

  static let texts: Set<String> = [
    "DOI", "ISBN", "ISSN", "PMCID", "PMID", "URL", "abstract", "annote", "archive",
    "archive-place", "archive_collection", "archive_location", "authority", "call-number",
    "chapter-number", "citation-number", "collection-number", "collection-title",
    "container-title", "container-title-short", "dimensions", "division", "edition", "event",
    "event-place", "event-title", "genre", "issue", "journalAbbreviation", "jurisdiction",
    "language", "medium", "note", "number", "number-of-pages", "number-of-volumes",
    "original-publisher", "original-publisher-place", "original-title", "page", "page-first",
    "part", "part-title", "printing", "publisher", "publisher-place", "references",
    "reviewed-genre", "reviewed-title", "scale", "section", "shortTitle", "source", "status",
    "supplement", "title", "title-short", "version", "volume", "volume-title",
    "volume-title-short", "year-suffix",
  ]

  /// Those of an item that say nothing of the work: they belong to a citation of it, or to whoever keeps the data.
  private static let others: Set<String> = [
    "categories", "citation-key", "citation-label", "custom", "first-reference-note-number", "id",
    "keyword", "locator", "type",
  ]

  /// What is wrong with the names in bibliographic data, in one sentence without a final full stop: a field or a type
  /// that CSL does not know; nil when there is nothing.
  public static func problem(in csl: JSONObject) -> String? {
    let fields = names.union(dates).union(texts).union(others)
    for (field, value) in csl.members {
      guard fields.contains(field) else {
        return "\"\(field)\" is no field of CSL 1.0.2" + suggestion(for: field, among: fields)
      }
      guard field == "type" else { continue }
      guard let type = value.stringValue else { return "the type is not a text, such as \"book\"" }
      guard types.contains(type) else {
        return "\"\(type)\" is no type of CSL 1.0.2" + suggestion(for: type, among: types)
      }
    }
    return nil
  }

  private static func suggestion(for name: String, among known: Set<String>) -> String {
    closest(to: name, among: known.sorted()).map { "; did you mean \"\($0)\"?" }
      ?? "; there are: \(known.sorted().joined(separator: ", "))"
  }
}
