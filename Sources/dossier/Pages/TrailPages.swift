import Casebook
import CasebookStore
import Terminal

extension View {
  /// Every event in order, one line each; `showingChanges` adds what it changed.
  func page(history entries: [TrailEntry], of title: String, width: Int, showingChanges: Bool)
    -> Page
  {
    var page = Page(width: width)
    page.add(left: "\(title, .strong)", right: basisTag)
    addBasisNotes(to: &page)
    page.gap()
    guard showingChanges else {
      var table = Table([
        .init(alignment: .right), .init(), .init(), .init(), .init(wraps: true), .init(),
      ])
      for entry in entries {
        table.addRow([
          "\("@\(entry.stamp.position)", .faint)", StyledText(entry.stamp.at.shortText),
          StyledText(entry.action.rawValue), StyledText(entry.reference.description),
          entry.gist(withRecordKeeping: showsRecorders),
          "\(entry.voice?.text ?? entry.stamp.by, .faint)",
        ])
      }
      page.add(table)
      return page
    }
    for entry in entries {
      page.gap()
      entry.add(to: &page, withRecordKeeping: showsRecorders)
    }
    return page
  }

  /// The trail of a case, separated by voice.
  func page(audit trails: [SeparatedTrails.Trail], of title: String, width: Int) -> Page {
    var page = Page(width: width)
    page.add(left: "\(title.uppercased(), .strong)  audit", right: basisTag)
    addBasisNotes(to: &page)
    for trail in trails {
      page.gap()
      let name = trail.source?.text ?? "analysts"
      page.add("\(name, .strong)  \(counted(trail.entries.count, "event"), .faint)")
      for entry in trail.entries { entry.add(to: &page, indent: 2, withRecordKeeping: true) }
    }
    return page
  }
}

extension TrailEntry {
  /// What happened, in a few words.
  ///
  /// Why a record was changed is the analysts', not the source's: record-keeping.
  func gist(withRecordKeeping: Bool) -> StyledText {
    var text = StyledText()
    if let predicate { text.append("\(predicate) ") }
    if let value = (after.first { $0.name == "value" } ?? before.first { $0.name == "value" }) {
      text.append("\(value.text, .strong) ")
    } else if let first = after.first(where: {
      ["text", "name", "title", "work"].contains($0.name)
    }) {
      text.append("\(first.text) ")
    }
    if withRecordKeeping, let reason { text.append("\("“\(reason)”", .faint)") }
    if isVoided { text.append(" \("set aside", .bad)") }
    return text
  }

  /// The whole step: a line for what was done, then what it changed and why.
  func add(to page: inout Page, indent: Int = 0, withRecordKeeping: Bool) {
    var line: StyledText =
      "\("@\(stamp.position)", .faint)  \(action.rawValue, .strong)  \(reference.description)"
    if let predicate { line.append("  \(predicate)") }
    if let locator { line.append("  \(locator, .faint)") }
    if isVoided { line.append("  \("set aside", .bad)") }
    page.add(line, indent: indent, hanging: 4)
    for field in before {
      page.add("\("-", .bad) \(field.name): \(field.text)", indent: indent + 4, hanging: 4)
    }
    for field in after {
      page.add("\("+", .good) \(field.name): \(field.text)", indent: indent + 4, hanging: 4)
    }
    if withRecordKeeping, let reason {
      page.add("\("reason", .faint) “\(reason)”", indent: indent + 4, hanging: 4)
    }
    if withRecordKeeping {
      page.add("\("recorded by \(stamp.by) at \(stamp.at.shortText)", .faint)", indent: indent + 4)
    }
  }
}
