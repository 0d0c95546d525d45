import ArgumentParser
import Casebook
import CasebookStore
import EventLog
import Exports

/// `dossier export report`
struct ExportReport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write cases for a colleague without Dossier: Markdown with Chicago notes.",
    discussion: """
      EXAMPLES
        dossier export report krivitsky -o krivitsky.md
        dossier export report orlov barmine --as-of 2026-03-01 -o march.md
      """)

  @Argument(help: "The cases.", completion: .cases) var cases: [String]
  @Flag(name: .long, help: "Tell of withdrawn claims and annotations, too.") var withdrawn = false
  @OptionGroup var output: OutputOptions
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try output.check()
    let session = try await Session.open(global, read)
    let store = try await session.casebook()
    let slugs = try cases.flatMap { try References.slugs($0) }
    var view = try await store.view(of: Set(slugs), read.reading(session))
    let conclusions = view.state.cases.values.flatMap(\.standingConclusions)
    view = try await store.view(view, includingGroundsOf: conclusions)
    let register = try view.requireRegister()
    let filter = view.voices.description.map { ["Only part of the casebook: \($0)."] } ?? []
    var report = Report(
      register, sources: view.state.sources.values, basis: view.basisInWords, remarks: filter,
      includesWithdrawn: withdrawn)
    for slug in slugs { report.add(try view.state.caseFile(slug), others: view.state.cases) }
    try output.write(report.text, on: view, in: session)
  }
}

extension View {
  /// The casebook's own stream, without which there is nothing to write.
  func requireRegister() throws -> Register {
    guard let register = state.register else {
      throw Failure(.notFound, "the casebook has no first event yet")
    }
    return register
  }

  /// What an export was taken from: casebook, position and the time of the last event, whoever asks and whenever.
  var basisInWords: String {
    let time = basis.recordedAt.map { ", \($0)" } ?? ""
    let remarks = [voices.description, importedAuthors?.note].compactMap(\.self)
    return "\(casebook)@\(basis.position)\(time)" + remarks.map { ", \($0)" }.joined()
  }
}
