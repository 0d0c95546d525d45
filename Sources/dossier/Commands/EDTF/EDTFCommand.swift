import ArgumentParser
import Calendar
import EDTF
import StrictJSON
import Terminal

/// `dossier edtf`
struct EDTFCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edtf", abstract: "How a date is read: its level, its bounds, in words.",
    discussion: """
      EXAMPLES
        dossier edtf 1937-07-16
        dossier edtf 1928~ "[1927,1928]" 1923/1925
        dossier edtf "1937-07/.."
      """)

  @Argument(help: "Dates in EDTF (ISO 8601-2).") var expressions: [String]
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let dates = try expressions.map { try EDTF($0) }
    let items = dates.map { date in
      JSON.document(
        ("edtf", .string(date.text)), ("level", .integer(date.level)),
        ("earliest", .text(date.bounds.earliest?.description)),
        ("latest", .text(date.bounds.latest?.description)),
        ("uncertain", .boolean(date.isUncertain)), ("approximate", .boolean(date.isApproximate)),
        ("inWords", .string(date.inWords)))
    }
    let document = Document(json: .document(("dates", .array(items))), items: items) { width in
      var table = Table([
        .init("edtf"), .init("level", alignment: .right), .init("from"), .init("to"),
        .init("in words", wraps: true),
      ])
      for date in dates {
        table.addRow([
          StyledText(date.text, .strong), StyledText("\(date.level)"),
          StyledText(date.bounds.earliest?.description ?? "open"),
          StyledText(date.bounds.latest?.description ?? "open"), StyledText(date.inWords),
        ])
      }
      var page = Page(width: width)
      page.add(table)
      return page
    }
    try global.show(document)
    let terminal = global.terminal(try Settings().environment)
    for date in dates { terminal.warnOfReading(date) }
  }
}
