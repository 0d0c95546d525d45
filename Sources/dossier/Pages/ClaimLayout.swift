import Casebook
import Terminal
import Views

/// Lays claims out in lines, grouped by voice: reference, predicate, value with how the source puts it, locator. The
/// groups of one page share their column widths.
struct ClaimLayout {
  private static let valueColumn = 2
  /// Predicates longer than this stand on a line of their own where there is little room, so that they squeeze no value.
  private static let longestPredicate = 20
  /// The same for references with their case.
  private static let longestReference = 14

  private let showsCase: Bool
  private let showsQuotes: Bool
  /// Citations by what cites: `gouzenko/c2`.
  private let citations: [String: [CitationRow]]
  /// All claims of the page.
  private let all: [ClaimRow]

  /// A layout for these claims, with those of the citations that stand under them; `showsCase` writes whole references.
  init(
    _ claims: [ClaimRow], showsCase: Bool, showsQuotes: Bool, citations: [CitationRow] = []
  ) {
    all = claims
    self.citations = Dictionary(grouping: citations) { "\($0.home)/\($0.target)" }
    self.showsCase = showsCase
    self.showsQuotes = showsQuotes
  }

  /// Adds the claims that one source makes, in columns that all sources of the page share.
  func add(to page: inout Page) {
    let whole = table(all)
    for source in Set(all.map(\.source)).sorted() {
      page.gap()
      page.add("\(source, .strong)")
      page.add(
        table(all.filter { $0.source == source }), indent: 2, partOf: whole)
    }
  }

  private func table(_ claims: [ClaimRow]) -> Table {
    var table = Table([
      .init(limit: Self.longestReference), .init(limit: Self.longestPredicate),
      .init(wraps: true), .init(alignment: .right, wraps: true),
    ])
    for claim in claims {
      let reference = showsCase ? "\(claim.home)/c\(claim.number)" : "c\(claim.number)"
      table.addRow([
        StyledText(reference), StyledText(claim.predicate), Self.says(claim),
        "\(claim.locator, .faint)",
      ])
      // A quote says where it belongs by standing there; it needs room more than a column.
      if showsQuotes, let quote = claim.quote {
        table.addNote("“\(quote)”", under: Self.valueColumn)
      }
      for citation in citations["\(claim.home)/c\(claim.number)"] ?? [] {
        table.addNote(Self.cites(citation), under: Self.valueColumn)
      }
    }
    return table
  }

  /// The value, with how the source puts it.
  static func says(_ claim: Claim, in file: Case) -> StyledText { says(ClaimRow(claim, in: file)) }

  /// The same from its row.
  static func says(_ claim: ClaimRow) -> StyledText {
    var text = says(claim.words)
    if claim.isWithdrawn { text.append("  \("withdrawn", .bad)") }
    for dispute in claim.disputes { text.append("  \("disputed: \(dispute)", .bad)") }
    return text
  }

  /// What a claim says: the value or that it was not this, and how the source puts it, with or without its wording.
  static func says(_ content: ClaimContent, withWording: Bool = true) -> StyledText {
    says(ClaimWords(content), withWording: withWording)
  }

  private static func says(_ words: ClaimWords, withWording: Bool = true) -> StyledText {
    var text =
      words.isNegative
      ? StyledText.labelled("not", words.value, .strong) : StyledText(words.value, .strong)
    text.appendNewStyle(of: words.value)
    for part in manner(of: words, withWording) { text.append("  \(part)") }
    if let hedge = words.hedge {
      text.append("  \(StyledText.labelled("hedge:", "“\(hedge)”", .caution))")
    }
    return text
  }

  /// The value in a word or two: what it was, or was not.
  static func gist(of content: ClaimContent) -> String {
    (content.isNegative ? "not " : "") + content.assertion.display
  }

  private static func manner(of words: ClaimWords, _ withWording: Bool) -> [StyledText] {
    var parts = words.qualifiers.map { qualifier in
      var part = StyledText.labelled("\(qualifier.name):", qualifier.text, .faint)
      part.appendNewStyle(of: qualifier.text)
      return part
    }
    if !words.isAsserted { parts.append(stance(of: words)) }
    if withWording, let wording = words.asWritten { parts.append(asWritten(wording)) }
    return parts
  }

  /// How the source speaks, and whom it credits.
  static func stance(of words: ClaimWords) -> StyledText {
    guard let who = words.saidBy else { return StyledText(words.stance, .faint) }
    return .labelled("\(words.stance):", who, .faint)
  }

  /// A citation, under what cites.
  static func cites(_ citation: CitationRow) -> StyledText {
    let place = [citation.locator, citation.note.map { "note \($0)" }].compactMap { $0 }
    return .labelled(
      "n\(citation.number) \(citation.role):", ([citation.work] + place).joined(separator: ", "),
      .faint)
  }

  /// The source's own wording of the value.
  static func asWritten(_ wording: String) -> StyledText {
    .labelled("as written:", "“\(wording)”", .faint)
  }
}
