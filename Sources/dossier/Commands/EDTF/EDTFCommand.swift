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
        dossier edtf "1870-04-10 O.S."

      Dates are read one by one: what is wrong with some does not keep the others from being shown. O.S. (Old Style) after \
      a date says that it is in the Julian calendar; the days shown are those of today's. Of claims, an interval or a set \
      says on which of its days something was. "About" (~) decides nothing where a day fits without it; otherwise it is \
      taken to reach \(Approximation.inWords).
      """)

  @Argument(help: "Dates in EDTF (ISO 8601-2).") var expressions: [String]
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let readings = expressions.map { text in
      Result { () throws(EDTFError) in try EDTF(text) }
    }
    let dates = readings.compactMap { try? $0.get() }
    if !dates.isEmpty { try show(dates) }
    let errors = readings.compactMap { reading in
      if case .failure(let error) = reading { error.description } else { nil }
    }
    guard errors.isEmpty else { throw Failure(.badInput, errors.joined(separator: "\n")) }
  }

  private func show(_ dates: [EDTF]) throws {
    let items = dates.map { date in
      JSON.document(
        ("edtf", .string(date.text)), ("calendar", .text(date.statedCalendar)),
        ("level", .integer(date.level)),
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
          StyledText(date.description, .strong), StyledText("\(date.level)"),
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
