import ArgumentParser
import Casebook
import CasebookStore
import EventLog
import StrictJSON
import Terminal

/// `dossier casebook members`
struct CasebookMembers: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "members", abstract: "List who has access to the casebook, or had.",
    discussion: """
      EXAMPLES
        dossier casebook members
        dossier casebook members --as-of 2026-03-01

      Without --as-of, who has access now and whether their logins can be used; with it, what the log says of that \
      moment. Access that was given before grants were recorded is in no log.
      """)

  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard read.source.isEmpty, read.withoutSource.isEmpty, read.issuedBy == nil else {
      throw ValidationError("Who has access is no source's to say. Leave the voices out.")
    }
  }

  func run() async throws {
    let session = try await Session.open(global, read)
    let store = try await session.casebook()
    guard read.asOf == nil else {
      let view = try await store.view(of: [], read.reading(session))
      session.noteFuture(view)
      return try session.show(view.membersDocument)
    }
    let members = try await store.log.members(of: store.casebookID)
    try session.show(
      CurrentMembers(
        casebook: store.slug, members: members, register: try await store.readableRegister(),
        imported: store.imported
      ).document)
  }
}

extension CasebookStore {
  /// The casebook's own stream; nil when an event in it cannot be applied.
  fileprivate func readableRegister() async throws -> Register? {
    do { return try await view(of: []).state.register } catch is EvolveError { return nil }
  }
}

extension View {
  /// Who had access, as the log tells it.
  fileprivate var membersDocument: Document {
    let members = (state.register?.members ?? []).sorted { $0.content.role < $1.content.role }
    let items = members.map { member in
      JSON.document(
        ("role", .string(member.content.role)),
        ("access", .string(member.content.access.rawValue)),
        ("grantedAt", .instant(member.granted.at)), ("grantedBy", .string(member.granted.by)),
        ("position", .integer(member.granted.position)),
        ("imported", isImported(member) ? true : nil))
    }
    return Document(
      json: .document(("basis", basisJSON), ("members", .array(items))), items: items
    ) { width in
      var page = Page(width: width)
      page.add(left: StyledText(title, .strong), right: basisTag)
      addBasisNotes(to: &page)
      var table = Table([
        .init("role"), .init("access"), .init("granted (UTC)"), .init("by"), .init(wraps: true),
      ])
      for member in members {
        table.addRow([
          StyledText(member.content.role, .strong), StyledText(member.content.access.rawValue),
          "\(member.granted.at.shortText) \("@\(member.granted.position)", .faint)",
          StyledText(member.granted.by),
          isImported(member) ? "\("imported: no access here", .caution)" : "",
        ])
      }
      page.add(table)
      return page
    }
  }

  /// Whether the access was given before the casebook was restored from an export, which gives it to nobody here.
  private func isImported(_ member: GrantedAccess) -> Bool {
    imported.map { member.granted.position <= $0.upTo } ?? false
  }
}
