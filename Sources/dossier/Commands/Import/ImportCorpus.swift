import ArgumentParser
import Casebook
import CasebookStore
import Corpus
import EventLog
import Terminal

/// `dossier import corpus`
struct ImportCorpus: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "corpus", abstract: "Bring a casebook to what a directory of YAML files says.",
    discussion: """
      EXAMPLES
        dossier import corpus --bundled soviet-defectors
        dossier import corpus my-casebook/ --dry-run
        dossier import corpus my-casebook/ -m "read p. 41 again"

      Importing the same files again changes nothing; a changed line becomes a correction. What somebody has \
      corrected in the casebook since is reported and left alone.

      The files go into the casebook that their casebook.yaml names, which is created if there is none; \
      DOSSIER_CASEBOOK and casebook use do not change that, --casebook does. Claims are numbered anew in another \
      casebook: smith/c3 here need not be smith/c3 there.
      """)

  @Argument(help: "The directory.", completion: .directory) var directory: String?
  @Option(name: .long, help: "A casebook that Dossier carries: soviet-defectors.") var bundled:
    String?
  @Flag(name: .long, help: "Withdraw what is no longer in the files.") var withdrawMissing = false
  @OptionGroup var arguments: ImportArguments

  func validate() throws {
    guard (directory == nil) != (bundled == nil) else {
      throw ValidationError("Name a directory, or --bundled soviet-defectors.")
    }
  }

  func run() async throws {
    let files = try reader().read()
    let options = try arguments.options(withdrawsMissing: withdrawMissing)
    let session = try await Session.open(arguments.global)
    let own = files.casebook.content.slug.text
    let wanted = arguments.global.casebook ?? own
    for warning in files.warnings { session.terminal.note(warning.description) }
    let bar = session.progress("importing", unit: "entries")
    if let record = try await session.log.casebook(wanted) {
      let importer = CorpusImporter(try session.store(record), options)
      return try await session.showImport(
        importer, isRehearsal: arguments.dryRun,
        plan: { try await importer.plan(files, progress: bar.advance(to:of:)) },
        run: { try await importer.run(files, progress: bar.advance(to:of:)) }, bar)
    }
    guard wanted == own else {
      throw Failure(
        .notFound,
        "there is no casebook \"\(wanted)\" that you can read, and the files are those of \"\(own)\". "
          + "Create it with: dossier casebook create \(wanted)")
    }
    guard !arguments.dryRun else {
      let plan = try CorpusImporter.planForNewCasebook(files, progress: bar.advance(to:of:))
      bar.finish()
      return try session.show(
        plan.document(receipt: nil, into: wanted, isNew: true, isRehearsal: true))
    }
    defer { bar.finish() }
    let outcome = try await CorpusImporter.create(
      files, in: session.log, options, progress: bar.advance(to:of:))
    bar.finish()
    try session.show(outcome, in: wanted, isNew: true)
  }

  private func reader() throws -> CorpusReader {
    if let directory {
      try FileReader.requireSomething(at: directory)
      return CorpusReader(directory: directory)
    }
    guard let name = bundled, let reader = CorpusReader(bundled: name) else {
      throw Failure(
        .notFound, "Dossier carries no casebook \"\(bundled ?? "")\". It carries: soviet-defectors")
    }
    return reader
  }
}

extension Session {
  /// A bar on standard error that an import advances.
  func progress(_ label: String, unit: String) -> ImportProgress {
    ImportProgress(label, unit: unit, terminal)
  }

  /// Carries out or rehearses an import and shows what became of each entry.
  func showImport(
    _ importer: CorpusImporter, isRehearsal: Bool,
    plan: () async throws -> ImportPlan,
    run: () async throws -> CorpusImporter.Outcome, _ bar: ImportProgress
  ) async throws {
    defer { bar.finish() }
    let casebook = importer.store.slug.text
    if isRehearsal {
      let plan = try await plan()
      try await importer.rehearse(plan)
      bar.finish()
      return try show(plan.document(receipt: nil, into: casebook, isNew: false, isRehearsal: true))
    }
    let outcome = try await run()
    bar.finish()
    try show(outcome, in: casebook, isNew: false)
  }

  /// Shows what an import did.
  fileprivate func show(
    _ outcome: CorpusImporter.Outcome, in casebook: String, isNew: Bool
  ) throws {
    try show(
      outcome.plan.document(
        receipt: outcome.receipt, into: casebook, isNew: isNew, isRehearsal: false))
    if let receipt = outcome.receipt { terminal.warnOfDates(in: receipt) }
  }
}
