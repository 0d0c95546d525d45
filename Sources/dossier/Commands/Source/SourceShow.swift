import ArgumentParser
import Casebook
import CasebookStore
import EDTF
import StrictJSON
import Terminal

/// `dossier source show`
struct SourceShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a source: copies read, what it derives from, its grade.",
    discussion: """
      EXAMPLES
        dossier source show fbi-1955
      """)

  @Argument(help: "The source.", completion: .sources) var slug: String
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global, read)
    let view = try await session.casebook().view(of: [], read.reading(session))
    let source = try view.state.source(Slug(slug))
    try session.show(
      on: view,
      Document(json: view.document(("source", view.json(source)))) { width in
        Self.page(source, view, width)
      })
  }

  private static func page(_ source: Source, _ view: View, _ width: Int) -> Page {
    var page = Page(width: width)
    page.add(left: "\(source.slug, .strong)", right: view.basisTag)
    page.add(StyledText(source.content.title))
    view.addBasisNotes(to: &page)
    page.gap()
    var table = Table([.init(), .init(wraps: true)])
    func row(_ name: String, _ text: StyledText) { table.addRow(["\(name, .faint)", text]) }
    if let issued = source.content.issued {
      // A plain year is its own wording.
      row(
        "issued",
        issued.inWords == issued.text
          ? StyledText(issued.text) : "\(issued.text)  \(issued.inWords, .faint)")
    }
    if let audience = source.content.issuedTo { row("issued to", StyledText(audience)) }
    for (field, value) in source.content.csl?.members ?? [] { row(field, Self.words(value)) }
    if let grade = source.grade {
      row("grade", "\(grade.content.rawValue, .strong)  \(grade.grounds ?? "")")
    }
    for copy in source.copies {
      row(
        "copy",
        "\(copy.content.id, .strong)  \(copy.content.kind.rawValue): \(copy.content.description)")
    }
    for text in source.texts { row("text", view.line(for: text)) }
    for derivation in source.derivations {
      let place = derivation.content.locator.map { ", \($0)" } ?? ""
      row(
        "derives from", "\(derivation.content.from, .strong)\(place): \(derivation.content.grounds)"
      )
    }
    for annotation in source.annotations.sorted where !annotation.isWithdrawn {
      row("a\(annotation.number)", StyledText(annotation.content.text) + view.tags(annotation))
    }
    page.add(table)
    return page
  }

  /// Bibliographic data as they are read: names in their order, the rest as it is written.
  private static func words(_ value: JSON) -> StyledText {
    let parts = (value.arrayValue ?? [value]).map { part in
      if let literal = part["literal"]?.stringValue { return literal }
      let name = ["given", "dropping-particle", "non-dropping-particle", "family", "suffix"]
        .compactMap { part[$0]?.stringValue }
      return name.isEmpty ? part.stringValue ?? part.text : name.joined(separator: " ")
    }
    return StyledText(parts.joined(separator: ", "))
  }
}

extension View {
  /// What is attached of a text, when and, where analysts are heard, by whom.
  fileprivate func line(for text: Recorded<TextAttachment>) -> StyledText {
    let content = text.content
    var facts = [
      content.passages == 0
        ? "without page marks" : counted(content.passages, "passage") + " with a place",
      "\(content.bytes) bytes",
    ]
    if let first = content.firstPage { facts.append("first page \(first)") }
    if let copy = content.copy { facts.append("copy \(copy)") }
    facts.append(
      "attached \(showsRecorders ? "by \(text.recorded.by) " : "")\(text.recorded.at.shortText) UTC, "
        + "@\(text.recorded.position)")
    return "\(content.sha256.prefix(12), .strong)  \(facts.joined(separator: ", "))"
  }
}
