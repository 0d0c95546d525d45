/// The five ways in which Dossier sets words apart on a screen.
///
/// Colours come from the terminal's own palette (ECMA-48 SGR), so that they suit light and dark themes.
public enum Style: Hashable, Sendable, CaseIterable {
  /// Headings and the subject of a line.
  case strong
  /// What is there for reference: positions, locators, times.
  case faint
  /// Agreement, success.
  case good
  /// What deserves a second look: hedges, compatible but different values.
  case caution
  /// Conflict, refusal, failure.
  case bad

  /// The parameters of the Select Graphic Rendition sequence that turns this style on.
  var parameters: String {
    switch self {
    case .strong: "1"
    case .faint: "2"
    case .good: "32"
    case .caution: "33"
    case .bad: "1;31"
    }
  }
}
