import ArgumentParser
import EmbeddedPostgres
import StrictJSON
import Terminal

/// `dossier db status`
struct DatabaseStatus: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show whether the embedded database runs, and where it is.",
    discussion: """
      EXAMPLES
        dossier db status
      """)

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let cluster = try DatabaseCommand.embedded(global)
    let status = try cluster.status()
    let rows: [(title: String, key: String, text: String)] = [
      ("state", "state", status.activity.rawValue),
      ("process", "process", status.processID.map { "\($0)" } ?? "none"),
      ("data", "dataDirectory", cluster.dataDirectory),
      ("log", "logFile", cluster.logFile),
      ("socket", "socketDirectory", cluster.socketDirectory),
    ]
    let document = Document(
      json: .object(JSONObject(rows.map { ($0.key, .string($0.text)) }))
    ) { width in
      var table = Table([.init(), .init(wraps: true)])
      for row in rows { table.addRow([StyledText(row.title, .faint), StyledText(row.text)]) }
      var page = Page(width: width)
      page.add(table)
      return page
    }
    try global.show(document)
  }
}
