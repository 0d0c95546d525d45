import ArgumentParser
import Casebook
import CasebookStore
import EventLog
import StrictJSON
import Terminal
import Views

/// `dossier replay --to`
struct ReplayShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show the casebook, or one case, as it stood, or name that moment.",
    discussion: """
      EXAMPLES
        dossier replay --to 2026-03-01
        dossier replay --to @412 --case derjabin
        dossier replay --to "2 weeks ago" --source fbi-1955
        dossier replay --to @412 --save before_review

      A date is the end of that day, UTC unless --time-zone says otherwise.
      """)

  @Option(name: .long, help: "The moment: a date, a time, @412, or words such as yesterday.")
  var to: String
  @Option(name: .customLong("case"), help: "Only this case.", completion: .cases) var slug: String?
  @Flag(name: .long, help: "Show the quotes under the claims of a case.") var quotes = false
  @Option(
    name: .long, help: "Give the moment this name, and the database a schema to read it in.")
  var save: String?
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard read.asOf == nil else {
      throw ValidationError("--to says when; --as-of is not needed beside it.")
    }
    guard let save else { return }
    let isNarrowed =
      slug != nil || !read.source.isEmpty || !read.withoutSource.isEmpty || read.issuedBy != nil
    guard !isNarrowed else {
      throw ValidationError("--save names the whole casebook as it stood: leave the filters out.")
    }
    guard Snapshot.isName(save) else {
      throw ValidationError(
        "\"\(save)\" cannot name a schema. Write small letters, digits and underscores, a letter "
          + "first, such as before_review.")
    }
  }

  func run() async throws {
    var read = read
    read.asOf = to
    let session = try await Session.open(global, read)
    if let save { return try await name(save, session, read) }
    if let slug {
      let (view, file) = try await session.caseFile(Slug(slug), read)
      return try session.show(
        on: view,
        Document(json: view.json([file])) { view.page([file], width: $0, showingQuotes: quotes) })
    }
    let (summary, view) = try await CasebookSummary.reading(session, read)
    try session.show(on: view, summary.document(view))
  }

  private func name(_ name: String, _ session: Session, _ read: ReadOptions) async throws {
    let store = try await session.casebook()
    let view = try await store.view(of: [], read.reading(session))
    session.noteFuture(view)
    let (views, basis) = try await session.views(
      Projections.all, for: view.basis, of: store)
    guard basis == view.basis else {
      throw Failure(
        .configuration,
        "the views stand at @\(basis.position) and cannot be saved as of @\(view.basis.position). "
          + "See: dossier projection status")
    }
    try await views.save(name, at: basis.position)
    try session.show(
      on: view,
      Document(
        json: view.document(("name", .string(name)))
      ) { width in
        var page = Page(width: width)
        page.add(
          "saved \(name, .strong): \(counted(Int(basis.position), "event")), \(view.basisTag)")
        page.add("SELECT * FROM \(name).case_view;", indent: 2)
        return page
      })
  }
}
