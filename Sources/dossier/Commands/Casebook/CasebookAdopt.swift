import ArgumentParser
import EmbeddedPostgres
import EventLog
import PostgresClient
import StrictJSON
import Terminal

/// `dossier casebook adopt`
struct CasebookAdopt: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adopt",
    abstract: "Give a casebook without an admin a new one. For whoever runs the server.",
    discussion: """
      EXAMPLES
        dossier casebook adopt soviet-defectors mh --db postgresql://postgres@db

      Only where no admin can log in any more: dropped, renamed, locked, run out. It is recorded in the casebook \
      under the administrator's own login. Repeated, it is refused, as there is an admin then.
      """)

  @Argument(help: "The casebook.") var slug: String
  @Argument(help: "The login role of its new admin.") var role: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let server = try Server(Settings(), url: global.databaseURL)
    try await server.embedded?.start()
    let log = EventLog(PostgresPool(server.administration, maximumConnections: 1))
    guard try await log.administersServer() else {
      throw Failure(
        .notAllowed,
        "this is for whoever administers the server: a superuser, or a member of dossier_owner")
    }
    guard let casebook = try await log.casebook(slug) else {
      let known = try await log.casebooks().map(\.slug)
      let hint = closest(to: slug, among: known).map { "Did you mean \"\($0)\"?" }
      throw Failure(
        .notFound, "there is no casebook \"\(slug)\". \(hint ?? "See: dossier casebook list")")
    }
    let position = try await log.adopt(casebook.id, by: role)
    await log.pool.close()
    try global.show(
      Document(
        json: .document(
          ("casebook", .string(slug)), ("role", .string(role)), ("access", "admin"),
          ("position", .integer(position)))
      ) { width in
        var page = Page(width: width)
        page.add(
          "\(role, .strong) now has admin access to \(slug, .strong) at \(slug)@\(position)")
        return page
      })
  }
}
