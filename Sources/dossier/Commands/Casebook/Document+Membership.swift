import Casebook
import EventLog
import StrictJSON
import Terminal

extension Document {
  /// What became of a person's access to a casebook; nil when they have none any more.
  static func membership(
    of role: String, _ access: Access?, in casebook: Slug, isRehearsal: Bool
  ) -> Document {
    Document(
      json: .document(
        ("casebook", .string(casebook.text)), ("role", .string(role)),
        ("access", .text(access?.rawValue)), ("dryRun", .boolean(isRehearsal)))
    ) { width in
      let now = isRehearsal ? "would have" : "now has"
      var page = Page(width: width)
      page.add("\(role, .strong) \(now) \(access?.rawValue ?? "no") access to \(casebook, .strong)")
      return page
    }
  }
}
