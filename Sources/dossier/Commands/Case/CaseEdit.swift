import ArgumentParser
import Casebook
import CasebookStore
import Corpus
import EventLog
import Terminal
import struct FoundationEssentials.UUID

/// `dossier case edit`
struct CaseEdit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: "Edit a case as a YAML text; what you save is recorded in one request.",
    discussion: """
      EXAMPLES
        dossier case edit gouzenko
        dossier case edit gouzenko -s fbi-1955 -m "read p. 41 again"
        dossier case edit gouzenko --text gouzenko.yaml -m "read p. 41 again"

      New entries are recorded, changed ones corrected, removed ones withdrawn. A text that cannot be read is \
      opened again with what is wrong at its top; an unchanged text changes nothing. A text that is not \
      recorded is kept, and the message says where.
      """)

  @Argument(help: "The case.", completion: .cases) var slug: String
  @Option(name: [.short, .long], help: "Show only this source's claims.", completion: .sources)
  var source: String?
  @Option(
    name: .long,
    help: "Take the edited text from this file, - is standard input, and open no editor.")
  var text: String?
  @Option(name: [.short, .long], help: "Why, for corrections and withdrawals.") var message: String?
  @Option(name: .long, help: "The kind of every correction (default: by what changed).")
  var kind: CorrectionKind?
  @OptionGroup var quotes: QuoteOptions
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global)
    let editor = Editor(session.settings.environment)
    let cases = CaseEditor(try await session.casebook())
    let document = try await cases.document(
      of: Slug(slug), source: source.map { try Slug($0) })
    if let expected = write.expectVersion, expected != document.file.version {
      throw EventLogError.versionConflict(
        stream: StreamID(.case, document.file.slug.text), expected: expected,
        actual: document.file.version)
    }
    guard text != nil || editor.canOpen(at: session.terminal) else {
      throw Failure(
        .usage,
        "\(editor.command) needs a terminal, and there is none. Give the edited text with --text FILE, "
          + "or name a program in EDITOR that works without one")
    }
    let message = try message.map { try TextArgument.read($0) }
    let edit = Edit(cases, document, message, kind, try write.identity(), write, quotes, session)
    if let text {
      try await edit.record(try TextArgument.read(text == "-" ? text : "@\(text)"), editor, nil)
    } else {
      let file = try EditedFile(document.text, name: document.file.slug.text, suffix: ".yaml")
      do {
        try await edit.record(try await editor.edit(file), editor, file)
      } catch {
        throw keeping(file, document, error)
      }
    }
  }

  /// What failed, and where the text is that was typed: it is never thrown away with the command.
  private func keeping(
    _ file: EditedFile, _ document: CaseDocument, _ error: any Error
  ) -> any Error {
    guard let text = try? file.text(), Edit.withoutProblems(text) != document.text else {
      file.remove()
      return error
    }
    let failure = Failure(error)
    var parts = [failure.message, "Your text is kept in \(file.path)"].compactMap { $0 }
    // Over what somebody else wrote in between it must not go without being looked at.
    if failure.status != .tryAgain { parts.append("go on with: \(resumption(file, document))") }
    let isSentence = parts[0].last.map { ".?!".contains($0) } ?? false
    let message =
      failure.message == nil
      ? parts.joined(separator: "; ")
      : parts[0] + (isSentence ? " " : ". ") + parts.dropFirst().joined(separator: "; ")
    return Failure(failure.status, message)
  }

  private func resumption(_ file: EditedFile, _ document: CaseDocument) -> String {
    let voice = source.map { " -s \($0)" } ?? ""
    return "dossier case edit \(slug)\(voice) --text \(file.path) "
      + "--expect-version \(document.file.version)"
  }
}

/// An edited case on its way into the casebook.
private struct Edit {
  private let cases: CaseEditor
  private let document: CaseDocument
  private let message: String?
  private let kind: CorrectionKind?
  private let identity: UUID?
  private let write: WriteOptions
  private let quotes: QuoteOptions
  private let session: Session

  init(
    _ cases: CaseEditor, _ document: CaseDocument, _ message: String?, _ kind: CorrectionKind?,
    _ identity: UUID?, _ write: WriteOptions, _ quotes: QuoteOptions,
    _ session: Session
  ) {
    self.cases = cases
    self.document = document
    self.message = message
    self.kind = kind
    self.identity = identity
    self.write = write
    self.quotes = quotes
    self.session = session
  }

  /// Records what the text asks for. At a terminal what cannot be recorded is edited again. `file` is where the text is
  /// kept meanwhile; it goes once the text is recorded.
  func record(_ text: String, _ editor: Editor, _ file: EditedFile?) async throws {
    var text = Self.withoutProblems(text)
    while true {
      do {
        let changes = try await cases.changes(
          in: text, of: document, reason: message, kind: kind)
        if changes.isEmpty {
          session.terminal.note("nothing changed")
        } else {
          let reason = try message ?? (changes.needsReason ? ask(file) : nil)
          var request = try await cases.request(
            in: text, of: document, reason: reason, kind: kind, id: identity)
          request.checksQuotes = quotes.checksQuotes
          try await write.perform(request, in: session)
          if write.dryRun, let file {
            return session.terminal.note("the text is kept in \(file.path)")
          }
        }
        file?.remove()
        return
      } catch let problems as CorpusError {
        guard let file, session.terminal.inputIsTerminal else { throw problems }
        session.terminal.complain(Failure(problems))
        guard try session.terminal.confirms("Edit again?") else {
          throw Failure(.badInput, "nothing was recorded")
        }
        try file.write(Self.problemLines(problems) + text)
        text = Self.withoutProblems(try await editor.edit(file))
      }
    }
  }

  /// Asks for the reason. Whoever ends the command here instead must know where the text is.
  private func ask(_ file: EditedFile?) throws -> String? {
    guard session.terminal.inputIsTerminal else { return nil }
    let kept = file.map { " (Your text is kept in \($0.path) until it is recorded.)" } ?? ""
    session.terminal.note("Something recorded changes. Why?\(kept)")
    return readLine().flatMap { $0.isEmpty ? nil : $0 }
  }

  private static let mark = "#! "

  private static func problemLines(_ problems: CorpusError) -> String {
    problems.description.split(separator: "\n").map { "\(mark)\($0)\n" }.joined()
  }

  static func withoutProblems(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix(mark) }.joined(separator: "\n")
  }
}
