import ArgumentParser
import Casebook
import CasebookStore
import StrictJSON

/// `dossier audit`
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "The trail of a case, separated by voice.",
    discussion: """
      EXAMPLES
        dossier audit derjabin
        dossier audit derjabin --source fbi-1955
        dossier audit derjabin --as-of 2026-03-01 --format json

      Every event is in exactly one trail: its source's, or the analysts'. Who recorded it, and why a record \
      was corrected, is record-keeping and shown as such.
      """)

  @Argument(help: "The case.", completion: .cases) var slug: String
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global, read)
    let slug = try Slug(slug)
    let (view, file) = try await session.caseFile(slug, read)
    let steps = try await session.casebook()
      .trail(of: [StreamAddress(.caseFile, slug)], at: view.basis)
    let separated = SeparatedTrails(view.heard(steps).map(\.entry))
    let trails = separated.trails
    let json = trails.map(\.json)
    try session.show(
      Document(
        json: .document(
          ("basis", view.basisJSON), ("case", .string(slug.text)), ("trails", .array(json))),
        items: json
      ) { width in
        view.page(audit: trails, of: file.title, width: width)
      })
  }
}
