import ArgumentParser
import Casebook
import CasebookStore
import EventLog
import StrictJSON
import Views

/// `dossier audit`
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "The trail of a case or of the casebook, separated by voice.",
    discussion: """
      EXAMPLES
        dossier audit derjabin
        dossier audit derjabin --source fbi-1955
        dossier audit --as-of 2026-03-01 --format json

      Every event is in exactly one trail: its source's, or the analysts'. Who recorded it, and why a record \
      was corrected, is record-keeping and shown as such.
      """)

  @Argument(help: "The case (default: the whole casebook).", completion: .cases) var slug: String?
  @OptionGroup var views: ViewOptions
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global, read)
    let view: View
    let entries: [TrailEntry]
    var file: Case?
    if let slug {
      let found = try await session.caseFile(try Slug(slug), read)
      (view, file) = (found.view, found.file)
      let steps = try await session.casebook()
        .trail(of: [StreamAddress(.caseFile, found.file.slug)], at: view.basis)
      entries = view.heard(steps).map(\.entry)
    } else {
      (view, entries) = try await session.list([AuditView.self], read, views) {
        store, basis, voices in
        var entries: [TrailEntry] = []
        let view = try await store.forEachTrail(at: basis, voices) {
          entries += $0.heard($1).map(\.entry)
        }
        return (view, entries.sorted { $0.stamp.position < $1.stamp.position })
      } stored: {
        try await $0.trail(at: $1)
      }
    }
    let trails = SeparatedTrails(entries).trails
    let json = trails.map(\.json)
    let title = file?.title ?? view.title
    try session.show(
      on: view,
      Document(
        json: view.document(("case", .text(file?.slug.text)), ("trails", .array(json))),
        items: json
      ) { width in
        view.page(audit: trails, of: title, width: width)
      })
  }
}
