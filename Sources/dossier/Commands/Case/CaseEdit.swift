import ArgumentParser
import Casebook
import CasebookStore
import Corpus
import EventLog
import Terminal

/// `dossier case edit`
struct CaseEdit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: "Edit a case as a YAML text; what you save is recorded in one request.",
    discussion: """
      EXAMPLES
        dossier case edit gouzenko
        dossier case edit gouzenko -s fbi-1955 -m "read p. 41 again"

      New entries are recorded, changed ones corrected, removed ones withdrawn. A text that cannot be read is \
      opened again with what is wrong at its top; an unchanged text changes nothing.
      """)

  @Argument(help: "The case.") var slug: String
  @Option(name: [.short, .long], help: "Show only this source's claims.") var source: String?
  @Option(name: [.short, .long], help: "Why, for corrections and withdrawals.") var message: String?
  @Option(name: .long, help: "The kind of every correction (default: by what changed).")
  var kind: CorrectionKind?
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global)
    let editor = CaseEditor(try await session.casebook())
    let document = try await editor.document(
      of: Slug(slug), source: source.map { try Slug($0) })
    if let expected = write.expectVersion, expected != document.file.version {
      throw EventLogError.versionConflict(
        stream: StreamID(.case, document.file.slug.text), expected: expected,
        actual: document.file.version)
    }
    let message = try message.map { try TextArgument.read($0) }
    let identity = try write.identity()
    var text = document.text
    while true {
      let edited = Self.withoutProblems(
        try await Editor(session.settings.environment).edit(text, suffix: ".yaml"))
      do {
        let changes = try await editor.changes(
          in: edited, of: document, reason: message, kind: kind)
        guard !changes.isEmpty else { return session.terminal.note("nothing changed") }
        let reason = try message ?? (changes.needsReason ? ask(session) : nil)
        let request = try await editor.request(
          in: edited, of: document, reason: reason, kind: kind, id: identity)
        return try await write.perform(request, in: session)
      } catch let problems as CorpusError {
        guard session.terminal.inputIsTerminal,
          try session.terminal.confirms("\(problems.description)\nEdit again?")
        else { throw problems }
        text = Self.problemLines(problems) + edited
      }
    }
  }

  private func ask(_ session: Session) throws -> String? {
    guard session.terminal.inputIsTerminal else { return nil }
    session.terminal.note("Something recorded changes. Why?")
    return readLine()
  }

  private static let mark = "#! "

  private static func problemLines(_ problems: CorpusError) -> String {
    problems.description.split(separator: "\n").map { "\(mark)\($0)\n" }.joined()
  }

  private static func withoutProblems(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix(mark) }.joined(separator: "\n")
  }
}
