import ArgumentParser
import Casebook
import CasebookStore
import EventLog
import StrictJSON
import Terminal

/// `dossier diff`
struct DiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "What changed between two moments.",
    discussion: """
      EXAMPLES
        dossier diff gouzenko @400..@412
        dossier diff gouzenko 2026-03-01..today
        dossier diff "2 weeks ago..now"
      """)

  @Argument(help: "The case, if only one, then WHEN..WHEN.", completion: .cases)
  var arguments: [String]
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard (1...2).contains(arguments.count) else {
      throw ValidationError("Give WHEN..WHEN, or a case and WHEN..WHEN.")
    }
    guard read.asOf == nil else {
      throw ValidationError("WHEN..WHEN says when; --as-of is not needed beside it.")
    }
  }

  func run() async throws {
    _ = try moments { try When(in: read.zone(Settings())).read($0).asOf }
    let session = try await Session.open(global, read)
    let store = try await session.casebook()
    let (from, to) = try await range(session, store)
    let cases = try await cases(session, store, from, to)
    var differences: [(slug: Slug, difference: CaseDifference)] = []
    for slug in cases {
      let old = try await store.view(of: [slug], at: from, read.voices()).state.cases[slug]
      let new = try await store.view(of: [slug], at: to, read.voices()).state.cases[slug]
      let difference = CaseDifference(from: old, to: new)
      if !difference.entries.isEmpty { differences.append((slug, difference)) }
    }
    let view = try await store.view(of: [], at: to, read.voices())
    let found = differences
    let items = found.flatMap { $0.difference.entries.map(Self.json) }
    try session.show(
      Document(
        json: .document(
          ("basis", view.basisJSON), ("from", .integer(from.position)),
          ("to", .integer(to.position)), ("changes", .array(items))), items: items
      ) { width in
        Self.page(found, from, view, width)
      })
  }

  private func range(_ session: Session, _ store: CasebookStore) async throws -> (Basis, Basis) {
    let when = try When(in: read.zone(session.settings))
    let moments = try moments { try when.read($0, session.terminal) }
    let from = try await store.log.resolve(moments.from, of: store.casebookID)
    let to = try await store.log.resolve(moments.to, of: store.casebookID)
    guard from.position <= to.position else {
      throw Failure(
        .usage, "\"\(arguments.last ?? "")\" runs backwards. Write the earlier moment first")
    }
    return (from, to)
  }

  /// Both ends of WHEN..WHEN; an end left out is the beginning, or now.
  private func moments(_ moment: (String) throws -> AsOf) throws -> (from: AsOf, to: AsOf) {
    let text = arguments.last ?? ""
    guard let cut = text.firstRange(of: "..") else {
      throw Failure(.usage, "\"\(text)\" is not WHEN..WHEN. Write it as @400..@412")
    }
    let (first, last) = (String(text[..<cut.lowerBound]), String(text[cut.upperBound...]))
    return (
      first.isEmpty ? .position(0) : try moment(first), last.isEmpty ? .head : try moment(last)
    )
  }

  private func cases(
    _ session: Session, _ store: CasebookStore, _ from: Basis, _ to: Basis
  ) async throws -> [Slug] {
    if arguments.count == 2 {
      let slug = try Slug(arguments[0])
      let view = try await store.view(of: [slug], at: to)
      guard view.state.cases[slug] != nil else {
        throw await session.unknownCase(slug, in: store, at: view)
      }
      return [slug]
    }
    guard from.position < to.position else { return [] }
    return try await store.changedCases(in: from.position + 1...to.position)
  }

  private static func json(_ entry: CaseDifference.Entry) -> JSON {
    func fields(_ fields: [TrailEntry.Field]) -> JSON? {
      fields.isEmpty
        ? nil : .object(JSONObject(fields.map { ($0.name, .string($0.text)) }))
    }
    return .document(
      ("ref", .string(entry.reference.description)), ("voice", .text(entry.voice?.text)),
      ("change", .string(entry.kind.rawValue)), ("predicate", .text(entry.predicate)),
      ("before", fields(entry.before)), ("after", fields(entry.after)),
      ("kind", .text(entry.correction?.rawValue)), ("reason", .text(entry.reason)))
  }

  private static func page(
    _ differences: [(slug: Slug, difference: CaseDifference)], _ from: Basis, _ view: View,
    _ width: Int
  ) -> Page {
    var page = Page(width: width)
    page.add(left: "@\(from.position)..@\(view.basis.position)", right: view.basisTag)
    view.addBasisNotes(to: &page)
    if differences.isEmpty {
      page.gap()
      page.add("nothing changed")
    }
    for (slug, difference) in differences {
      page.gap()
      page.add("\(slug, .strong)")
      for entry in difference.entries {
        add(entry, to: &page)
      }
    }
    return page
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
    guard predicate != nil else { return false }
    return switch (field.name, field.text) {
    case ("predicate", _), ("source", _), ("state", "value"), ("polarity", "positive"),
      ("attribution", "asserts"):
      true
    default: false
    }
  }
}
