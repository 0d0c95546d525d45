import StrictJSON
import Terminal

/// Writes answers to standard output in the format asked for, through a pager when a person would
/// have to scroll.
struct OutputWriter {
  let terminal: Terminal
  let options: GlobalOptions
  let environment: [String: String]

  func write(_ document: Document) throws {
    switch options.format {
    case .table: try write(page: document.page(terminal.outputSurface.width))
    case .json: try write(text: document.json().prettyText.escapedForJSON + "\n")
    case .ndjson:
      noteBasis(document)
      for item in document.items() {
        try terminal.output.write(item.text.escapedForJSON + "\n")
      }
      try terminal.output.flush()
    case .csv:
      noteBasis(document)
      try write(csv: document.items())
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

  /// Lines and records have no room for the basis, without which nobody can repeat the answer.
  private func noteBasis(_ document: Document) {
    guard let basis = document.json()["basis"], let casebook = basis["casebook"]?.stringValue,
      let position = basis["position"]
    else { return }
    let filter = basis["filter"].map { ", \($0.stringValue ?? $0.text)" } ?? ""
    terminal.note("as of \(casebook)@\(position.text)\(filter)")
  }

  /// One record an item; the columns are all members that occur, in the order of their first
  /// appearance.
  private func write(csv items: [JSON]) throws {
    let records = items.map { FlatRecord($0) }
    let columns = FlatRecord.names(of: records)
    guard !columns.isEmpty else { return }
    var writer = CSVWriter()
    writer.addRecord(columns)
    for record in records { writer.addRecord(columns.map { record[$0] }) }
    // A file gets the text as it is; a screen must not be commanded by it.
    let isTerminal = terminal.outputSurface.isTerminal
    try write(text: isTerminal ? writer.text.escapedForDisplay : writer.text)
  }
}

extension GlobalOptions {
  /// Shows an answer for which no casebook had to be opened.
  func show(_ document: Document) throws {
    let environment = try Settings().environment
    try OutputWriter(terminal: terminal(environment), options: self, environment: environment)
      .write(document)
  }
}
