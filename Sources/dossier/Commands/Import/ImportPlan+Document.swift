import Casebook
import CasebookStore
import Corpus
import StrictJSON
import Terminal

extension ImportPlan {
  /// What became of the entries: what changed in full, what did not as a number.
  func document(
    receipt: Receipt?, into casebook: String, isNew: Bool, isRehearsal: Bool
  ) -> Document {
    let told = items.filter { $0.outcome != .unchanged && $0.outcome != .recorded }
    let items = isRehearsal ? items.filter { $0.outcome != .unchanged } : told
    return Document(
      json: .document(
        ("casebook", .string(casebook)), ("created", .boolean(isNew)),
        ("dryRun", .boolean(isRehearsal)),
        (
          "counts",
          .object(
            JSONObject(Outcome.allCases.map { ($0.rawValue, JSON.integer(count($0))) }))
        ),
        ("firstPosition", receipt?.positions.map { .integer($0.lowerBound) }),
        ("lastPosition", receipt?.positions.map { .integer($0.upperBound) }),
        ("repeated", .boolean(receipt?.isReplay == true)),
        ("items", .array(items.map(\.json)))), items: items.map(\.json)
    ) { width in
      var page = Page(width: width)
      if isNew {
        page.add("\(isRehearsal ? "would create" : "created") the casebook \(casebook, .strong)")
      }
      add(items, receipt, casebook, isRehearsal, to: &page)
      return page
    }
  }

  private func add(
    _ items: [Item], _ receipt: Receipt?, _ casebook: String, _ isRehearsal: Bool,
    to page: inout Page
  ) {
    var table = Table([.init(), .init(), .init(wraps: true), .init(wraps: true)])
    for item in items {
      let place = item.origin.map { "\($0.file):\($0.line)" } ?? ""
      let name = item.reference?.description ?? item.id
      let note = item.note.map { ": \($0)" } ?? ""
      table.addRow([
        StyledText(item.outcome.rawValue, item.outcome.style), StyledText(item.kind.rawValue),
        "\(name, .strong)\(note)", "\(place, .faint)",
      ])
    }
    page.add(table)
    page.gap()
    let recorded = Kind.allCases.filter { count(.recorded, $0) > 0 }
      .map { counted(count(.recorded, $0), $0.rawValue, plural: $0.plural) }
    if !recorded.isEmpty {
      page.add("\(isRehearsal ? "would record" : "recorded") \(recorded.joined(separator: ", "))")
    }
    for outcome in [Outcome.corrected, .withdrawn, .missing, .diverged] where count(outcome) > 0 {
      page.add("\(count(outcome)) \(outcome.rawValue)")
    }
    // That the casebook itself is there is no news.
    let present = count(.unchanged) - count(.unchanged, .casebook)
    if present > 0 { page.add("\(present) already present") }
    if receipt?.isReplay == true {
      page.add("already recorded")
    } else if isEmpty {
      page.add("nothing to do in \(casebook)")
    }
    if let positions = receipt?.positions {
      page.add("at \(casebook)@\(positions.lowerBound)..@\(positions.upperBound)")
    }
  }
}

extension ImportPlan.Item {
  fileprivate var json: JSON {
    .document(
      ("outcome", .string(outcome.rawValue)), ("kind", .string(kind.rawValue)),
      ("id", .string(id)), ("ref", .text(reference?.description)), ("file", .text(origin?.file)),
      ("line", origin.map { .integer($0.line) }), ("note", .text(note)))
  }
}

extension ImportPlan.Outcome {
  fileprivate var style: Style {
    switch self {
    case .recorded: .good
    case .corrected, .withdrawn: .caution
    case .missing, .diverged: .bad
    case .unchanged: .faint
    }
  }
}

extension ImportPlan.Kind {
  fileprivate var plural: String {
    switch self {
    case .copy: "copies"
    case .identity: "identities"
    default: rawValue + "s"
    }
  }
}
