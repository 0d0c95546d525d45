import ArgumentParser
import Casebook
import CasebookStore
import EventLog
import Exports
import StrictJSON

/// `dossier export annotations`
struct ExportAnnotations: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "annotations",
    abstract: "Write the annotations as W3C Web Annotations (JSON-LD).",
    discussion: """
      EXAMPLES
        dossier export annotations -o annotations.jsonld

      An annotation on a claim also names the words of the source that the claim quotes.
      """)

  @Flag(name: .long, help: "Withdrawn ones, too.") var withdrawn = false
  @OptionGroup var output: OutputOptions
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try output.check()
    let session = try await Session.open(global, read)
    let store = try await session.casebook()
    var items: [JSON] = []
    func add(_ annotations: Annotations, of home: Slug, _ file: Case? = nil) {
      for annotation in annotations.sorted where withdrawn || !annotation.isWithdrawn {
        var claim: ClaimContent?
        if case .item(let item) = annotation.content.target, item.kind == .claim,
          item.home == file?.slug
        {
          claim = file?.claims[item.number]?.content
        }
        items.append(
          WebAnnotation(annotation, in: home, on: claim, casebook: store.slug).json)
      }
    }
    let view = try await store.forEachCase(read.reading(session)) { _, file in
      add(file.annotations, of: file.slug, file)
    }
    for source in view.state.sources.values.sorted(by: { $0.slug < $1.slug }) {
      add(source.annotations, of: source.slug)
    }
    if let register = view.state.register { add(register.annotations, of: .casebook) }
    let address = "urn:dossier:\(store.slug)@\(view.basis.position)"
    let collection: JSON = [
      "@context": WebAnnotation.context, "id": .string(address), "type": "AnnotationCollection",
      "label": .string(view.basisInWords), "total": .integer(items.count),
      "first": [
        "id": .string("\(address)#all"), "type": "AnnotationPage", "startIndex": 0,
        "items": .array(items),
      ],
    ]
    try output.write(collection.prettyText + "\n", on: view, in: session)
  }
}
