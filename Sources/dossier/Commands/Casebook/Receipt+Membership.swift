import Casebook
import CasebookStore
import StrictJSON
import Terminal

extension Receipt {
  /// What became of a person's access to a casebook; nil when they have none any more.
  func membership(
    of role: String, _ access: MemberAccess?, in casebook: Slug, isRehearsal: Bool
  ) -> Document {
    Document(
      json: .document(
        ("casebook", .string(casebook.text)), ("role", .string(role)),
        ("access", .text(access?.rawValue)),
        ("position", positions.map { .integer($0.lowerBound) }),
        ("recordedAt", recordedAt.map(JSON.instant)), ("repeated", .boolean(isReplay)),
        ("dryRun", .boolean(isRehearsal)))
    ) { width in
      let given = "\(access?.rawValue ?? "no") access to"
      var line: StyledText =
        if let position = positions?.lowerBound {
          "\(role, .strong) \(isReplay ? "got" : "now has") \(given) \(casebook, .strong) at \(casebook)@\(position)"
        } else if references.isEmpty {
          "\(role, .strong) has \(given) \(casebook, .strong) already"
        } else {
          "\(role, .strong) would have \(given) \(casebook, .strong)"
        }
      if isReplay { line.append(" (already recorded)") }
      var page = Page(width: width)
      page.add(line)
      return page
    }
  }
}
