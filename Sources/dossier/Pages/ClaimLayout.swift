import Casebook
import Terminal

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
  /// All claims of the page.
  private let all: [(claim: Claim, file: Case)]

  /// A layout for these claims; `showsCase` writes whole references.
  init(_ claims: [(claim: Claim, file: Case)], showsCase: Bool, showsQuotes: Bool) {
    all = claims
    self.showsCase = showsCase
    self.showsQuotes = showsQuotes
  }

  /// Adds the claims that one source makes, in columns that all sources of the page share.
  func add(to page: inout Page) {
    let whole = table(all)
    for source in Set(all.map(\.claim.content.source)).sorted() {
      page.gap()
      page.add("\(source, .strong)")
      page.add(
        table(all.filter { $0.claim.content.source == source }), indent: 2, partOf: whole)
    }
  }

  private func table(_ claims: [(claim: Claim, file: Case)]) -> Table {
    var table = Table([
      .init(limit: Self.longestReference), .init(limit: Self.longestPredicate),
      .init(wraps: true), .init(alignment: .right, wraps: true),
    ])
    for (claim, file) in claims {
      let reference = showsCase ? "\(file.slug)/c\(claim.number)" : "c\(claim.number)"
      table.addRow([
        StyledText(reference), StyledText(claim.content.predicate), Self.says(claim, in: file),
        "\(claim.content.locator, .faint)",
      ])
      // A quote says where it belongs by standing there; it needs room more than a column.
      if showsQuotes, let quote = claim.content.quote {
        table.addNote("“\(quote)”", under: Self.valueColumn)
      }
    }
    return table
  }

  /// The value, with how the source puts it.
  static func says(_ claim: Claim, in file: Case) -> StyledText {
    var text = says(claim.content)
    if claim.status == .withdrawn { text.append("  \("withdrawn", .bad)") }
    for dispute in file.openDisputes(of: claim.number) {
      text.append("  \("disputed: d\(dispute.number)", .bad)")
    }
    return text
  }

  /// What a claim says: the value or that it was not this, and how the source puts it, with or without its wording.
  static func says(_ content: ClaimContent, withWording: Bool = true) -> StyledText {
    let value = content.assertion.display
    var text =
      content.isNegative
      ? StyledText.labelled("not", value, .strong) : StyledText(value, .strong)
    for part in manner(of: content, withWording) { text.append("  \(part)") }
    if let hedge = content.hedge {
      text.append("  \(StyledText.labelled("hedge:", "“\(hedge)”", .caution))")
    }
    return text
  }

  /// The value in a word or two: what it was, or was not.
  static func gist(of content: ClaimContent) -> String {
    (content.isNegative ? "not " : "") + content.assertion.display
  }

  private static func manner(
    of content: ClaimContent, _ withWording: Bool
  ) -> [StyledText] {
    var parts = content.sortedQualifiers.map {
      StyledText.labelled("\($0.id):", $0.value.display, .faint)
    }
    if content.attribution.stance != .asserts { parts.append(stance(of: content)) }
    if withWording, let wording = content.asWritten { parts.append(asWritten(wording)) }
    return parts
  }

  /// How the source speaks, and whom it credits.
  static func stance(of content: ClaimContent) -> StyledText {
    let stance = content.attribution.stance.rawValue
    guard let who = content.attribution.saidBy else { return StyledText(stance, .faint) }
    return .labelled("\(stance):", who.display, .faint)
  }

  /// The source's own wording of the value.
  static func asWritten(_ wording: String) -> StyledText {
    .labelled("as written:", "“\(wording)”", .faint)
  }
}
