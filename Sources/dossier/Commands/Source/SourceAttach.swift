import ArgumentParser
import Casebook
import CasebookStore
import Glibc

/// `dossier source attach`
struct SourceAttach: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attach", abstract: "Keep the text of a source, to hold quotes against it.",
    discussion: """
      EXAMPLES
        dossier source attach fbi-1955 monograph.txt
        dossier source attach fbi-1955 scan.txt --first-page 27 --copy scan
        cat chapter-5.txt conclusion.txt | dossier source attach riehle-2020 -
        pdftotext -layout book.pdf - | dossier source attach memoir - --first-page 1

      The text is UTF-8. A line that holds nothing but [p. 41], [page 41] or [p. iv] says that page 41 begins there; \
      [pp. 5–6] is for pages that cannot be told apart, [ch. 5 ¶ 2] for a paragraph. A form feed begins the next page, \
      counted from --first-page, the number printed on the first one. A text without marks is one whole: quotes are \
      then looked for in all of it.

      Every byte is kept, marks and line ends included. A new version stands beside the old ones and replaces none; \
      from then on a quote is refused that is not where its locator says.
      """)

  /// The most bytes that a text may have; a long book has two million.
  private static let limit = 16 << 20

  @Argument(help: "The source.", completion: .sources) var slug: String
  @Argument(help: "The file; - is standard input.", completion: .file()) var file: String
  @Option(name: .long, help: "The printed number of the first page, where form feeds divide them.")
  var firstPage: String?
  @Option(name: .long, help: "The registered copy that it is the text of.") var copy: String?
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let slug = try Slug(slug)
    let text = try text()
    let request = try Request.attaching(
      text, to: slug, firstPage: firstPage, copy: try copy.map { try Slug($0) },
      id: write.identity(), expectedVersions: write.expectVersion.map { [slug: $0] } ?? [:])
    try await write.perform(request, in: .open(global))
  }

  private func text() throws -> String {
    let name = file == "-" ? "standard input" : file
    let bytes =
      file == "-"
      ? try FileReader.bytes(from: STDIN_FILENO, named: name, limit: Self.limit)
      : try FileReader.bytes(of: file, limit: Self.limit)
    if let kind = FileKind(bytes) { throw kind.refusal(of: name) }
    // A byte order mark is one of the bytes that are kept.
    _ = try UTF8Text.decode(bytes, from: name)
    return String(decoding: bytes, as: UTF8.self)
  }
}
