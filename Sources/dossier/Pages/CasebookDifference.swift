import Casebook
import CasebookStore
import EventLog
import StrictJSON
import Terminal

/// What differs between two moments of a casebook, or of one case: by voice, by case, and each thing.
struct CasebookDifference {
  /// What differs in one case, in one source, or in the casebook's own stream.
  struct Part {
    /// What it is a part of.
    enum Kind: String {
      case casebook, source, `case`
    }

    let kind: Kind
    let slug: Slug
    let entries: [CaseDifference.Entry]
  }

  let parts: [Part]
  /// The earlier moment; the later one is the view's.
  let from: Basis
  let view: View
  let isOfOneCase: Bool

  /// The parts of a casebook that are no cases.
  static func parts(of ground: GroundDifference) -> [Part] {
    let own = Part(kind: .casebook, slug: .casebook, entries: ground.casebook)
    return (own.entries.isEmpty ? [] : [own])
      + ground.sources.map { Part(kind: .source, slug: $0.slug, entries: $0.entries) }
  }

  var document: Document {
    let items = parts.flatMap { part in part.entries.map { json($0, in: part) } }
    return Document(
      json: view.document(
        ("from", .integer(from.position)),
        ("to", .integer(view.basis.position)),
        (
          "voices",
          .array(
            voices.map { voice, count in
              count.json(
                ("voice", .string(voice == nil ? "analyst" : "source")),
                ("source", .text(voice?.text)))
            })
        ),
        (
          "cases",
          .array(
            parts.filter { $0.kind == .case }.map {
              Count($0.entries).json(("case", .string($0.slug.text)))
            })
        ),
        ("changes", .array(items))), items: items, page: page)
  }

  // MARK: In figures

  /// How many things were added, changed and removed.
  private struct Count {
    var added = 0, changed = 0, removed = 0

    init(_ entries: [CaseDifference.Entry]) {
      for entry in entries {
        switch entry.kind {
        case .added: added += 1
        case .changed: changed += 1
        case .removed: removed += 1
        }
      }
    }

    func json(_ members: (String, JSON?)...) -> JSON {
      let all =
        members + [
          ("added", .integer(added)), ("changed", .integer(changed)),
          ("removed", .integer(removed)),
        ]
      return .object(JSONObject(all.compactMap { key, value in value.map { (key, $0) } }))
    }

    var cells: [StyledText] {
      [added, changed, removed].map { $0 == 0 ? "" : StyledText("\($0)") }
    }
  }

  /// Sources in alphabetical order, analysts last.
  private var voices: [(voice: Slug?, count: Count)] {
    let entries = Dictionary(grouping: parts.flatMap(\.entries), by: \.voice)
    let names = entries.keys.compactMap(\.self).sorted()
    return (names as [Slug?] + [nil]).compactMap { voice in
      entries[voice].map { (voice, Count($0)) }
    }
  }

  // MARK: On a page

  private func page(width: Int) -> Page {
    var page = Page(width: width)
    page.add(left: "@\(from.position)..@\(view.basis.position)", right: view.basisTag)
    view.addBasisNotes(to: &page)
    if parts.isEmpty {
      page.gap()
      page.add("nothing changed")
    }
    if !isOfOneCase, !parts.isEmpty { addFigures(to: &page) }
    for part in parts {
      page.gap()
      page.add("\(part.slug, .strong)")
      for entry in part.entries { Self.add(entry, to: &page) }
    }
    return page
  }

  private func addFigures(to page: inout Page) {
    func table(_ title: String, _ rows: [(name: String, count: Count)]) {
      guard !rows.isEmpty else { return }
      var table = Table([
        .init(title), .init("added", alignment: .right), .init("changed", alignment: .right),
        .init("removed", alignment: .right),
      ])
      for (name, count) in rows { table.addRow(["\(name, .strong)"] + count.cells) }
      page.gap()
      page.add(table)
    }
    table("voice", voices.map { ($0.voice?.text ?? "analysts", $0.count) })
    table(
      "case", parts.filter { $0.kind == .case }.map { ($0.slug.text, Count($0.entries)) })
  }

  private static func add(_ entry: CaseDifference.Entry, to page: inout Page) {
    var line: StyledText = "\(entry.verb) \(entry.reference, .strong)"
    if let predicate = entry.predicate { line.append("  \(predicate)") }
    line.append("  \(entry.voice?.text ?? "analysts", .faint)")
    if let correction = entry.correction { line.append("  \(correction.rawValue, .faint)") }
    page.add(line, indent: 2, hanging: 4)
    let isWhole = entry.kind != .changed
    page.add(
      before: entry.before.filter { !(isWhole && entry.isPlain($0)) },
      after: entry.after.filter { !(isWhole && entry.isPlain($0)) }, indent: 4)
    if let reason = entry.reason {
      page.add(
        "\(entry.isDispute ? "resolution" : "reason", .faint) “\(reason)”", indent: 4, hanging: 4)
    }
  }

  private func json(_ entry: CaseDifference.Entry, in part: Part) -> JSON {
    func fields(_ fields: [TrailEntry.Field]) -> JSON? {
      fields.isEmpty
        ? nil : .object(JSONObject(fields.map { ($0.name, .string($0.text)) }))
    }
    return .document(
      (part.kind.rawValue, part.kind == .casebook ? nil : .string(part.slug.text)),
      ("ref", .string(entry.reference.description)), ("voice", .text(entry.voice?.text)),
      ("change", .string(entry.kind.rawValue)), ("predicate", .text(entry.predicate)),
      ("before", fields(entry.before)), ("after", fields(entry.after)),
      ("kind", .text(entry.correction?.rawValue)), ("reason", .text(entry.reason)))
  }
}

extension CaseDifference.Entry {
  fileprivate var isDispute: Bool {
    if case .item(let item) = reference { item.kind == .dispute } else { false }
  }

  /// How it differs, in the word for what was done to it.
  fileprivate var verb: String {
    guard reason != nil else { return kind.rawValue }
    return switch kind {
    case .added: "reinstated"
    case .changed: "changed"
    case .removed: isDispute ? "resolved" : "withdrawn"
    }
  }

  /// Whether the field of a whole claim goes without saying, or is said beside it.
  fileprivate func isPlain(_ field: TrailEntry.Field) -> Bool {
    if ["id", "source"].contains(field.name) { return true }
    guard predicate != nil else { return false }
    return switch (field.name, field.text) {
    case ("predicate", _), ("state", "value"), ("polarity", "positive"),
      ("attribution", "asserts"):
      true
    default: false
    }
  }
}
