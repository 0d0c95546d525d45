import ArgumentParser
import Casebook
import CasebookStore
import Exports
import StrictJSON

/// `dossier export ftm`
struct ExportFollowTheMoney: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ftm",
    abstract: "Write what the sources say as FollowTheMoney statements, for Aleph and the like.",
    discussion: """
      EXAMPLES
        dossier export ftm -o statements.json
        ftm aggregate-statements -i statements.json -o entities.json

      Each source is a data set of its own. Names, dates and places of birth and death, education and posts that a \
      source plainly asserts become properties of a Person, an Organization (group) or an Event; members of groups \
      and links between cases become entities; everything else is told in notes, in words, with its hedges.
      """)

  @Flag(name: .long, help: "Withdrawn claims, too, in notes that say so.") var withdrawn = false
  @OptionGroup var output: OutputOptions
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try output.check()
    let session = try await Session.open(global, read)
    let store = try await session.casebook()
    var statements: FollowTheMoney?
    let view = try await store.forEachCase(read.reading(session)) { view, file in
      if statements == nil { statements = try view.statements() }
      statements?.add(file, includesWithdrawn: withdrawn)
    }
    let lines = try (statements ?? view.statements()).lines
    try output.write(lines.map { $0.text + "\n" }.joined(), on: view, in: session)
  }
}

extension View {
  /// Statements of the casebook, none of a case yet.
  fileprivate func statements() throws -> FollowTheMoney {
    FollowTheMoney(try requireRegister(), casebook: casebook, basis: basisInWords)
  }
}
