import Casebook
import EventLog
import StrictJSON
import Terminal

/// Who has access to a casebook now, how their logins stand, and where the log says so.
struct CurrentMembers {
  let casebook: Slug
  let members: [Member]
  /// What the log says; nil when it cannot be read.
  let register: Register?
  /// How the casebook was restored from an export, if it was: what was given before gives nobody access here.
  let imported: ImportRecord?

  /// Whether somebody is left who can give access.
  private var hasAdmin: Bool {
    members.contains { $0.access == .admin && $0.login == .usable }
  }

  var document: Document {
    let items = members.map { member in
      JSON.document(
        ("role", .string(member.role)), ("access", .string(member.access.rawValue)),
        ("grantedAt", .instant(member.grantedAt)), ("grantedBy", .string(member.grantedBy)),
        ("position", position(of: member).map { .integer($0) }),
        ("login", .string(member.login.rawValue)))
    }
    return Document(
      json: .document(
        ("casebook", .string(casebook.text)), ("members", .array(items)),
        ("hasAdmin", .boolean(hasAdmin))), items: items, page: page)
  }

  private func page(width: Int) -> Page {
    var table = Table([
      .init("role"), .init("access"), .init("granted (UTC)"), .init("by"), .init(wraps: true),
    ])
    for member in members {
      let notes = [
        member.login.note,
        position(of: member) == nil ? "given before grants were recorded, or by an import" : nil,
      ]
      table.addRow([
        StyledText(member.role, .strong), StyledText(member.access.rawValue),
        StyledText(member.grantedAt.shortText), StyledText(member.grantedBy),
        StyledText(notes.compactMap(\.self).joined(separator: "; "), .caution),
      ])
    }
    var page = Page(width: width)
    page.add(table)
    if !hasAdmin {
      page.gap()
      page.add("\(casebook.remedyWithoutAdmin, .caution)")
    }
    return page
  }

  /// The event that gave this access; nil when no event did, as before grants were recorded.
  private func position(of member: Member) -> Int64? {
    guard let granted = register?.access(of: member.role),
      granted.content.access.rawValue == member.access.rawValue,
      granted.granted.position > imported?.upTo ?? 0
    else { return nil }
    return granted.granted.position
  }
}

extension Member.Login {
  /// What is to be known of a login that gives its role no access; nil when it can be used.
  var note: String? {
    switch self {
    case .usable: nil
    case .unusable: "the login cannot be used"
    case .gone: "role renamed or dropped: no access until it is given anew"
    }
  }
}

extension Slug {
  /// What it means that the casebook has no admin any more, and who can mend it.
  var remedyWithoutAdmin: String {
    "no admin of \(self) can log in. Whoever runs the server can make a member of it one with: "
      + "dossier casebook adopt \(self) ROLE"
  }
}
