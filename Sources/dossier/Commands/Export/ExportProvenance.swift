import ArgumentParser
import CasebookStore
import Exports
import StrictJSON

/// `dossier export prov`
struct ExportProvenance: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prov",
    abstract: "Write the history as W3C provenance (PROV-JSON): what came from what, by whom.",
    discussion: """
      EXAMPLES
        dossier export prov -o provenance.json
        dossier export prov --source fbi-1955 -o fbi.json

      Sources, claims, citations, disputes, conclusions and annotations are entities, events are activities, people \
      are agents. A correction is a revision of what was recorded before; a claim derives from its source and from the \
      works it rests on, a conclusion from its claims.
      """)

  @Flag(name: .long, help: "What was withdrawn, too, as invalidated.") var withdrawn = false
  @OptionGroup var output: OutputOptions
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try output.check()
    let session = try await Session.open(global, read)
    let store = try await session.casebook()
    let ground = try await store.view(of: [], read.reading(session))
    var provenance = Provenance(casebook: store.slug, basis: ground.basisInWords)
    let view = try await store.forEachFact(
      at: ground.basis, ground.voices
    ) { fact, state, isHeard in
      provenance.add(fact, leaving: state, isHeard: isHeard)
    }
    try output.write(
      provenance.json(includesWithdrawn: withdrawn).prettyText + "\n", on: view, in: session)
  }
}
