import Casebook
import EDTF
import Exports
import StrictJSON

/// Reads the sources with their copies and derivations.
struct SourcesReader {
  let file: String
  let log: ProblemLog

  func read(_ root: YAMLNode) -> [SourceEntry] {
    ListOfEntries(root, file: file, named: "source", log).entries.compactMap(source)
  }

  private func source(_ fields: Fields) -> SourceEntry? {
    var fields = fields
    let slug = fields.requiredSlug("source")
    let isOnlyNamed = fields.flag("only-named") ?? false
    let title = isOnlyNamed ? slug?.text : fields.required("title", "give the work's title")
    let issued = fields.text("issued").flatMap { date($0, in: fields) }
    let issuedTo = fields.text("issued-to")
    let csl = fields.node("csl").flatMap { bibliography($0, fields) }
    let copies = copies(&fields)
    let derivations = derivations(&fields)
    fields.finish()
    guard let slug, let title else { return nil }
    let content = SourceContent(
      slug: slug, title: title, issued: issued, issuedTo: issuedTo, csl: csl)
    return SourceEntry(
      source: Entry(slug.text, content, fields.origin), isOnlyNamed: isOnlyNamed, copies: copies,
      derivations: derivations)
  }

  private func date(_ text: String, in fields: Fields) -> EDTF? {
    do { return try EDTF(text) } catch {
      let meant = EDTF.suggestion(for: text).map { "; did you mean \($0)?" } ?? ""
      fields.refuse(
        "issued: \"\(text)\" is not a date in EDTF: \(error.message)\(meant)", at: "issued")
      return nil
    }
  }

  private func bibliography(_ node: YAMLNode, _ fields: Fields) -> JSONObject? {
    if case .object(let object) = Self.json(node) {
      if let problem = CSLVariables.problem(in: object) {
        fields.refuse("csl: \(problem)", at: "csl")
      }
      return object
    }
    fields.refuse("csl: expected CSL fields such as \"type: book\"", at: "csl")
    return nil
  }

  private static func json(_ node: YAMLNode) -> JSON {
    switch node {
    case .scalar(let text, _): .string(text)
    case .list(let items, _): .array(items.map(json))
    case .mapping(let members, _):
      .object(JSONObject(members.map { ($0.key, json($0.value)) }))
    }
  }

  private func copies(_ fields: inout Fields) -> [Entry<SourceCopy>] {
    var copies: [Entry<SourceCopy>] = []
    for (index, node) in fields.list("copies").enumerated() {
      guard var inner = Fields(node, of: file, at: "\(fields.place): copies[\(index)]", log)
      else { continue }
      let id = inner.requiredSlug("id", "name the copy")
      let kind: SourceCopy.Kind? = inner.requiredChoice("kind", "say what it is")
      let description = inner.required("description", "say what was read")
      inner.finish()
      guard let id, let kind, let description else { continue }
      if copies.contains(where: { $0.content.id == id }) {
        inner.refuse("the copy \"\(id)\" is there already; keep one", at: "id")
      }
      copies.append(
        Entry(id.text, SourceCopy(id: id, kind: kind, description: description), inner.origin))
    }
    return copies
  }

  private func derivations(_ fields: inout Fields) -> [Entry<SourceDerivation>] {
    var derivations: [Entry<SourceDerivation>] = []
    for (index, node) in fields.list("derives-from").enumerated() {
      let place = "\(fields.place): derives-from[\(index)]"
      guard var inner = Fields(node, of: file, at: place, log) else { continue }
      let from = inner.requiredSlug("source", "name the work it derives from")
      let grounds = inner.required("grounds", "say how that is known")
      let locator = inner.text("locator")
      inner.finish()
      guard let from, let grounds else { continue }
      if derivations.contains(where: { $0.content.from == from }) {
        inner.refuse("it derives from \(from) already; keep one", at: "source")
      }
      derivations.append(
        Entry(
          from.text, SourceDerivation(from: from, grounds: grounds, locator: locator),
          inner.origin))
    }
    return derivations
  }
}
