import Casebook
import CasebookStore
import StrictJSON
import Terminal
import Views

/// What a search found, the best first.
struct SearchResults {
  let hits: [SearchHit]
  /// How many there are, those not shown included.
  let count: Int
  /// Whether options left anything out.
  let isNarrowed: Bool
  let view: View

  var json: [JSON] { hits.map { $0.json(showingRecorder: view.showsRecorders) } }

  func page(width: Int) -> Page {
    var page = Page(width: width)
    let shown = hits.count < count ? "\(hits.count) of \(counted(count, "hit"))" : nil
    page.add(left: StyledText(shown ?? counted(count, "hit"), .strong), right: view.basisTag)
    view.addBasisNotes(to: &page)
    for hit in hits {
      page.gap()
      if let locator = hit.locator {
        page.add(left: hit.heading, right: StyledText(locator, .faint))
      } else {
        page.add(hit.heading)
      }
      page.add(hit.saying, indent: 2)
      if let quote = hit.quote, quote.hasHit {
        page.add("“" + quote.styled + "”", indent: 2)
      }
      if let more = hit.more, more.hasHit {
        page.add("\("also:", .faint) " + more.styled, indent: 2)
      }
    }
    if hits.isEmpty {
      page.gap()
      page.add(
        isNarrowed
          ? "nothing that the options leave has all of these words; try it without them"
          : "nothing has all of these words")
    } else if hits.count < count {
      page.gap()
      page.add("more with --limit, or narrow it: --case, --source, --predicate, --tag")
    }
    return page
  }
}

extension SearchHit {
  /// How it is referred to.
  fileprivate var reference: String {
    switch kind {
    case .source: source ?? ""
    case .claim: "\(home ?? "")/c\(number)"
    case .annotation: "\(home ?? "casebook")/a\(number)"
    }
  }

  fileprivate var heading: StyledText {
    var text: StyledText = "\(reference)"
    switch kind {
    case .claim: text.append("  \(predicate ?? "")  \(source ?? "", .faint)")
    case .annotation:
      if let target { text.append("  \("on \(target)", .faint)") }
      for tag in tags { text.append("  \("#\(tag)", .faint)") }
    case .source: text.append("  \("source", .faint)")
    }
    if isApproximate { text.append("  \("approximate", .caution)") }
    return text
  }

  fileprivate var saying: StyledText { (isNegative ? "not " : "") + text.styled }

  func json(showingRecorder: Bool) -> JSON {
    let key =
      switch kind {
      case .claim: "value"
      case .annotation: "text"
      case .source: "title"
      }
    let fragments = [(key, text), ("quote", quote), ("more", more)].compactMap { field, fragment in
      fragment.flatMap { $0.hasHit ? $0.json(of: field) : nil }
    }
    return .document(
      ("kind", .string(kind.rawValue)), ("ref", .string(reference)),
      ("case", isInCase ? .text(home) : nil), ("source", .text(source)),
      ("predicate", .text(predicate)), ("target", .text(target)), (key, .string(text.text)),
      ("polarity", kind == .claim ? isNegative ? "negative" : "positive" : nil),
      ("quote", .text(quote?.text)), ("locator", .text(locator)),
      ("tags", kind == .annotation ? .array(tags.map(JSON.string)) : nil),
      ("approximate", .boolean(isApproximate)), ("fragments", .array(fragments)),
      ("recordedAt", .instant(recordedAt)),
      ("recordedBy", showingRecorder ? .string(recordedBy) : nil),
      ("position", .integer(position)))
  }
}

extension SearchHit.Fragment {
  /// The text with what was looked for set apart.
  fileprivate var styled: StyledText {
    parts.reduce(into: StyledText()) { $0.append(StyledText($1.text, $1.isHit ? .strong : nil)) }
  }

  fileprivate func json(of field: String) -> JSON {
    .document(
      ("field", .string(field)),
      (
        "parts",
        .array(parts.map { .document(("text", .string($0.text)), ("hit", .boolean($0.isHit))) })
      ))
  }
}
