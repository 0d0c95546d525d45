import Casebook
import CasebookStore
import EventLog
import Terminal

extension View {
  /// The basis in short, as it stands at the top right of a page.
  var basisTag: StyledText {
    "\("\(casebook)@\(basis.position)", .faint)"
  }

  /// What the casebook is called.
  var title: String { state.register?.content.title ?? casebook.text }

  /// Adds what a reader must know about the basis: whose voices were heard, and what the log said of the date.
  func addBasisNotes(to page: inout Page) {
    if let filter = voices.description {
      page.add("\("only part of the casebook: \(filter)", .caution)")
    }
    if !undated.isEmpty {
      let list = undated.map(\.text).joined(separator: ", ")
      page.add("\("left out, as nobody says when they were issued: \(list)", .caution)")
    }
    if !doubtful.isEmpty {
      let list = doubtful.map(\.text).joined(separator: ", ")
      page.add(
        "\("left out, as it is doubtful whether they were issued by then: \(list)", .caution)")
    }
    if let importedAuthors { page.add("\(importedAuthors.note, .caution)") }
  }
}

extension Page {
  /// Says once what the times to the minute that follow are in.
  mutating func addTimeNote() { add("\("times are in UTC", .faint)") }
}

/// "1 claim", "2 claims".
func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
  "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
}
