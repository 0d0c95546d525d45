import Analysis
import Casebook
import CasebookStore
import EDTF
import StrictJSON
import Terminal

/// Claims with everything that they rest on and that was ever done to them.
struct Explanation {
  let view: View
  /// The case, or those that are taken for one.
  let files: [Case]
  let predicate: Predicate
  let claims: [(claim: Claim, file: Case)]
  /// What analysts conclude from the claims, or with the predicate.
  let conclusions: [(conclusion: Conclusion, file: Case)]
  let origins: Origins
  /// The steps of the case that were asked for, by what they are about.
  private let steps: [String: [TrailEntry]]
  private let annotations: [Reference: [Annotation]]

  /// Explains claims of `files`, and conclusions, by `steps` of these cases.
  init(
    _ claims: [(claim: Claim, file: Case)], _ conclusions: [(conclusion: Conclusion, file: Case)],
    with predicate: Predicate, of files: [Case], steps: [TrailEntry], _ view: View
  ) {
    self.view = view
    self.files = files
    self.predicate = predicate
    self.claims = claims
    self.conclusions = conclusions
    origins = Origins(of: claims.map { ($0.claim, $0.file) }, view.state.sources)
    self.steps = steps.reduce(into: [:]) { known, step in
      for thing in step.things { known[thing, default: []].append(step) }
    }
    annotations = Dictionary(
      grouping: files.flatMap(\.annotations.sorted).filter { !$0.isWithdrawn }, by: \.content.target
    )
  }

  private func steps(of claim: Claim, in file: Case) -> [TrailEntry] {
    let item = ItemReference(file.slug, .claim, claim.number)
    // What was concluded from it is told with the conclusions.
    return steps[item.description, default: []].filter { step in
      if case .item(let other) = step.reference, other.kind == .conclusion { return false }
      return true
    }
  }

  private func annotations(of claim: Claim, in file: Case) -> [Annotation] {
    annotations[.item(ItemReference(file.slug, .claim, claim.number))] ?? []
  }

  /// The derivations of a source and of those it derives from, each once.
  private func derivations(of source: Slug) -> [(source: Slug, SourceDerivation)] {
    var found: [(Slug, SourceDerivation)] = []
    var waiting = [source]
    var seen: Set<Slug> = []
    while !waiting.isEmpty {
      let next = waiting.removeFirst()
      guard seen.insert(next).inserted else { continue }
      for derivation in view.state.sources[next]?.derivations ?? [] {
        found.append((next, derivation.content))
        waiting.append(derivation.content.from)
      }
    }
    return found
  }
}

// MARK: - JSON

extension Explanation {
  /// The whole explanation.
  var json: JSON {
    view.document(
      ("case", .text(files.first?.slug.text)),
      ("joined", files.joinedJSON),
      ("predicate", .string(predicate.id)), ("label", .string(predicate.label)),
      ("scope", .string(predicate.scope)), ("voices", .integer(origins.voices.count)),
      ("origins", .integer(origins.count)), ("paths", origins.pathsJSON),
      (
        "values",
        .array(
          values.map { value, claims in
            .document(("value", .string(value)), ("claims", .array(claims.map(json))))
          })
      ), ("conclusions", .array(conclusions.map { view.json($0.conclusion, in: $0.file) })))
  }

  /// One claim with what it rests on and what was done to it.
  func json(_ claim: Claim, in file: Case) -> JSON {
    .document(
      ("claim", view.json(claim, in: file)),
      ("source", view.state.sources[claim.content.source].map(view.json)),
      (
        "derivations",
        .array(
          derivations(of: claim.content.source).map { source, derivation in
            .document(
              ("source", .string(source.text)), ("from", .string(derivation.from.text)),
              ("grounds", .string(derivation.grounds)),
              ("locator", .text(derivation.locator)))
          })
      ),
      ("disputes", .array(file.disputes(of: claim.number).map { view.json($0, in: file) })),
      (
        "annotations",
        .array(annotations(of: claim, in: file).map { view.json($0, home: file.slug) })
      ),
      ("events", .array(steps(of: claim, in: file).map(json)))
    )
  }

  /// A step of its history. Who recorded it and why are the analysts' words, left out with them.
  private func json(_ step: TrailEntry) -> JSON {
    guard !view.showsRecorders, case .object(var object) = step.json else { return step.json }
    object["recordedBy"] = nil
    object["reason"] = nil
    return .object(object)
  }

  /// The values in the order in which they were first recorded, each with its claims.
  private var values: [(value: String, claims: [(claim: Claim, file: Case)])] {
    let grouped = Dictionary(grouping: claims) { ClaimLayout.gist(of: $0.claim.content) }
    var told: Set<String> = []
    return claims.map { ClaimLayout.gist(of: $0.claim.content) }
      .filter { told.insert($0).inserted }.map { ($0, grouped[$0] ?? []) }
  }
}

// MARK: - Page

extension Explanation {
  /// The explanation as a tree, from the values down to the events.
  func page(width: Int) -> Page {
    var page = Page(width: width)
    let names = files.map(\.slug).names
    page.add(left: "\(names, .strong)  \(predicate.id)", right: view.basisTag)
    page.add("\(predicate.label): \(origins.words)")
    view.addBasisNotes(to: &page)
    if view.showsRecorders { page.addTimeNote() }
    view.add(origins, to: &page, indent: 0)
    for (conclusion, file) in conclusions {
      page.gap()
      page.add(tree(of: conclusion, in: file))
    }
    var shown: Set<Slug> = []
    for (value, claims) in values {
      page.gap()
      var words = StyledText(value, .strong)
      if case .date(let date)? = claims.first?.claim.content.assertion.value {
        words.append("  \(date.inWords, .faint)")
      }
      page.add(Tree(words, claims.map { tree(of: $0.claim, in: $0.file, &shown) }))
    }
    return page
  }

  private func tree(of claim: Claim, in file: Case, _ shown: inout Set<Slug>) -> Tree {
    let content = claim.content
    var parts = content.quote.map { [Tree("“\($0)”")] } ?? []
    for citation in file.citations(of: .claim(claim.number)) {
      parts.append(Tree("n\(citation.number) \(View.words(citation))"))
    }
    parts.append(tree(of: content.source, &shown))
    for dispute in file.disputes(of: claim.number) {
      parts.append(Self.tree(of: dispute))
    }
    for annotation in annotations(of: claim, in: file) {
      parts.append(Tree("a\(annotation.number) “\(annotation.content.text)”"))
    }
    parts += steps(of: claim, in: file).map(tree)
    return Tree(
      "\(name(.claim, claim.number, in: file)) \(content.source, .strong), \(content.locator)  \(ClaimLayout.says(claim, in: file))",
      parts)
  }

  private func name(_ kind: ItemReference.Kind, _ number: Int, in file: Case) -> String {
    files.name(of: ItemReference(file.slug, kind, number))
  }

  private func tree(of conclusion: Conclusion, in file: Case) -> Tree {
    let item = ItemReference(file.slug, .conclusion, conclusion.number)
    var lines = view.lines(of: conclusion, in: file).map { Tree($0) }
    let first = lines.removeFirst().text
    lines += steps[item.description, default: []].filter { $0.reference == .item(item) }.map(tree)
    return Tree(
      "\("\(name(.conclusion, conclusion.number, in: file)) concluded", .strong)  \(conclusion.content.predicate)  "
        + first,
      lines)
  }

  /// A source with what it derives from: in full the first time only.
  private func tree(of slug: Slug, _ shown: inout Set<Slug>) -> Tree {
    guard let source = view.state.sources[slug] else { return Tree("\(slug)") }
    guard shown.insert(slug).inserted else { return Tree("\("source as above", .faint)") }
    var text: StyledText = "\(source.content.title)"
    if let issued = source.content.issued { text.append(", issued \(issued.text)") }
    if let grade = source.grade { text.append(", graded \(grade.content.rawValue)") }
    return Tree(
      text,
      source.derivations.map { derivation in
        let inner = tree(of: derivation.content.from, &shown)
        let locator = derivation.content.locator.map { ", \($0)" } ?? ""
        return Tree("derives from \(derivation.content.from)\(locator): " + inner.text, inner.parts)
      })
  }

  private static func tree(of dispute: Dispute) -> Tree {
    var text: StyledText = "\("d\(dispute.number) disputed", .bad): “\(dispute.content.grounds)”"
    if let counter = dispute.content.counter { text.append("  against it: \(counter)") }
    return Tree(text, dispute.resolution.map { [Tree("resolved: “\($0)”")] } ?? [])
  }

  private func tree(of entry: TrailEntry) -> Tree {
    var text: StyledText = "\("@\(entry.stamp.position)", .faint) \(entry.action)"
    if entry.type == .claimCorrected {
      let old = entry.before.map { "\($0.name): \($0.text)" }.joined(separator: "; ")
      if !old.isEmpty { text.append(", before: \(old)") }
    }
    if view.showsRecorders {
      if let reason = entry.reason { text.append(" \("“\(reason)”", .faint)") }
      text.append("  \("\(entry.stamp.by) \(entry.stamp.at.shortText)", .faint)")
    }
    if entry.isVoided { text.append("  \("set aside", .bad)") }
    return Tree(text)
  }
}
