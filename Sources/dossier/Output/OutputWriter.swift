import StrictJSON
import Terminal

/// Writes answers to standard output in the format asked for, through a pager when a person would have to scroll.
struct OutputWriter {
  let terminal: Terminal
  let options: GlobalOptions
  let environment: [String: String]

  func write(_ document: Document) throws {
    switch options.format {
    case .table: try write(page: document.page(terminal.outputSurface.width))
    case .json: try write(text: document.json().prettyText.escapedForJSON + "\n")
    case .ndjson:
      for item in document.items() {
        try terminal.output.write(item.text.escapedForJSON + "\n")
      }
      try terminal.output.flush()
    case .csv: try write(text: Self.csv(document.items()))
    }
  }

  private func write(page: Page) throws {
    let text = page.rendered(inColor: terminal.outputSurface.isInColor)
    if !options.noPager, Pager.isNeeded(forLines: page.lines.count, on: terminal.outputSurface),
      let pager = Pager(environment: environment), pager.show(text)
    {
      return
    }
    try write(text: text)
  }

  private func write(text: String) throws {
    try terminal.output.write(text)
    try terminal.output.flush()
  }

  /// One record an item; the columns are all members that occur, in the order of their first appearance.
  private static func csv(_ items: [JSON]) -> String {
    var columns: [String] = []
    for item in items {
      for key in item.objectValue?.keys ?? [] where !columns.contains(key) { columns.append(key) }
    }
    guard !columns.isEmpty else { return "" }
    var writer = CSVWriter()
    writer.addRecord(columns)
    for item in items { writer.addRecord(columns.map { cell(item[$0]) }) }
    return writer.text
  }

  private static func cell(_ json: JSON?) -> String {
    switch json {
    case nil, .null?: ""
    case .string(let text)?: text.escapedForDisplay
    case .number(let lexeme)?: lexeme
    case .boolean(let flag)?: flag ? "true" : "false"
    case .array(let items)? where items.allSatisfy({ $0.stringValue != nil }):
      items.compactMap(\.stringValue).joined(separator: " ")
    case .some(let other): other.text.escapedForJSON
    }
  }
}
