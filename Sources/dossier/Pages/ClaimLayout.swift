import Casebook
import Terminal

/// Lays claims out in lines: reference, predicate, value with how the source puts it, locator. All tables of one page
/// share their column widths.
struct ClaimLayout {
  private static let valueColumn = 2

  private let referenceWidth: Int
  private let predicateWidth: Int
  private let showsCase: Bool

  /// A layout for these claims; `showsCase` writes whole references.
  init(claims: [Claim], showsCase: Bool, longestCase: Int = 0) {
    self.showsCase = showsCase
    let digits = claims.map { "c\($0.number)".count }.max() ?? 0
    referenceWidth = digits + (showsCase ? longestCase + 1 : 0)
    predicateWidth = claims.map(\.content.predicate.displayWidth).max() ?? 0
  }

  /// The claims, one below the other.
  func table(_ claims: [(claim: Claim, file: Case)], _ showingQuotes: Bool) -> Table {
    var table = Table([
      .init(), .init(), .init(wraps: true), .init(alignment: .right, wraps: true),
    ])
    for (claim, file) in claims {
      let reference = showsCase ? "\(file.slug)/c\(claim.number)" : "c\(claim.number)"
      table.addRow([
        StyledText(Self.padded(reference, referenceWidth)),
        StyledText(Self.padded(claim.content.predicate, predicateWidth)),
        Self.says(claim, in: file),
        "\(claim.content.locator, .faint)",
      ])
      // A quote says where it belongs by standing there; it needs room more than a column.
      if showingQuotes, let quote = claim.content.quote {
        table.addNote("“\(quote)”", under: Self.valueColumn)
      }
    }
    return table
  }

  /// The value, with how the source puts it.
  static func says(_ claim: Claim, in file: Case) -> StyledText {
    let content = claim.content
    var text: StyledText = content.isNegative ? "\("not", .strong) " : ""
    text.append(StyledText(content.assertion.display, .strong))
    for part in manner(of: content) { text.append("  \(part, .faint)") }
    if let hedge = content.hedge { text.append("  \("hedge: “\(hedge)”", .caution)") }
    if claim.status == .withdrawn { text.append("  \("withdrawn", .bad)") }
    for dispute in file.openDisputes(of: claim.number) {
      text.append("  \("disputed: d\(dispute.number)", .bad)")
    }
    return text
  }

  /// The value in a word or two: what it was, or was not.
  static func gist(of content: ClaimContent) -> String {
    (content.isNegative ? "not " : "") + content.assertion.display
  }

  private static func manner(of content: ClaimContent) -> [String] {
    var parts = content.sortedQualifiers.map { "\($0.id): \($0.value.display)" }
    if content.attribution.stance != .asserts {
      let who = content.attribution.saidBy.map { ": \($0.display)" } ?? ""
      parts.append(content.attribution.stance.rawValue + who)
    }
    if let wording = content.asWritten { parts.append("as written: “\(wording)”") }
    return parts
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(width - text.displayWidth, 0))
  }
}
