import ArgumentParser
import Casebook
import CasebookStore
import StrictJSON
import Terminal

/// `dossier source text`
struct SourceTextCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "text", abstract: "Read the text of a source, or a page of it.",
    discussion: """
      EXAMPLES
        dossier source text fbi-1955 --page "p. 41"
        dossier source text fbi-1955 -o monograph.txt
        dossier source text fbi-1955 --sha256 5f0c -o first-version.txt

      -o writes the file that was attached, byte for byte: keep it with what log export writes, which holds the text's \
      SHA-256 only. After log import, source attach with the same file keeps the text again, and records nothing.
      """)

  @Argument(help: "The source.", completion: .sources) var slug: String
  @Option(name: .long, help: "Only this page or paragraph.") var page: String?
  @Option(name: .long, help: "An earlier version, by the beginning of its SHA-256.")
  var sha256: String?
  @OptionGroup var output: OutputOptions
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if page != nil, output.output != nil {
      throw ValidationError("--output writes the whole text. Leave --page out.")
    }
  }

  func run() async throws {
    try output.check()
    let session = try await Session.open(global, read)
    let store = try await session.casebook()
    let view = try await store.view(of: [], read.reading(session))
    let source = try view.state.source(Slug(slug))
    let attached = try attached(to: source)
    let text = try await store.text(attached, of: source.slug)
    if output.output != nil {
      try output.write(text.parts.joined(), on: view, in: session)
      return
    }
    let passages = try passages(of: text)
    let items = { JSON.passages(passages) }
    session.noteFuture(view)
    try session.show(
      on: view,
      Document(
        json: view.document(
          ("source", .string(source.slug.text)),
          ("sha256", .string(attached.sha256)), ("passages", .array(items()))), items: items()
      ) { width in
        var page = Page(width: width)
        page.add(left: "\(source.slug, .strong)", right: view.basisTag)
        view.addBasisNotes(to: &page)
        page.add(passages)
        return page
      })
  }

  private func attached(to source: Source) throws -> TextAttachment {
    let texts = source.texts.map(\.content)
    guard let last = texts.last else {
      throw Failure(
        .notFound,
        "no text is attached to \(slug). Attach it with: dossier source attach \(slug) FILE")
    }
    guard let sha256 = sha256?.lowercased() else { return last }
    guard let named = texts.last(where: { $0.sha256.hasPrefix(sha256) }) else {
      throw Failure(
        .notFound,
        "no text of \(slug) has a SHA-256 that begins with \(sha256). See them with: "
          + "dossier source show \(slug)")
    }
    return named
  }

  private func passages(of text: SourceText) throws -> [SourceText.Passage] {
    guard let page else { return text.passages }
    let found = text.passages(named: page)
    guard let first = text.passages.first(where: { $0.place != nil })?.place,
      let last = text.passages.last(where: { $0.place != nil })?.place
    else {
      throw Failure(.notFound, "the text of \(slug) has no page marks. Read it without --page")
    }
    guard !found.isEmpty else {
      throw Failure(
        .notFound, "the text of \(slug) has no \(page). Its pages are \(first) to \(last)")
    }
    return found
  }
}
