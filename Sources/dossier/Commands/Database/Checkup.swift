import StrictJSON
import Terminal

/// What was looked at and how it stands.
struct Checkup {
  private var rows: [(name: String, mark: String, style: Style, text: String)] = []
  private(set) var hasFailed = false

  mutating func pass(_ name: String, _ text: String) { rows.append((name, "ok", .good, text)) }
  mutating func note(_ name: String, _ text: String) { rows.append((name, "", .faint, text)) }
  mutating func warn(_ name: String, _ text: String) { rows.append((name, "warn", .caution, text)) }
  mutating func fail(_ name: String, _ text: String) {
    rows.append((name, "mend", .bad, text))
    hasFailed = true
  }

  var json: JSON {
    .document(
      (
        "checks",
        .array(
          rows.map {
            .document(
              ("name", .string($0.name)), ("state", .string($0.mark.isEmpty ? "note" : $0.mark)),
              ("text", .string($0.text)))
          })
      ))
  }

  func page(width: Int) -> Page {
    var table = Table([.init(), .init(), .init(wraps: true)])
    for row in rows {
      table.addRow([StyledText(row.name), StyledText(row.mark, row.style), StyledText(row.text)])
    }
    var page = Page(width: width)
    page.add(table)
    return page
  }
}
