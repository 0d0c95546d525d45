import ArgumentParser
import Casebook
import CasebookStore
import EventLog
import FoundationEssentials
import StrictJSON
import Terminal

/// `dossier log show`
struct LogShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show events as they were recorded.",
    discussion: """
      EXAMPLES
        dossier log show @412
        dossier log show @400..@412 --format ndjson
      """)

  /// The most events shown at once; the whole log is for `log export`.
  private static let limit: Int64 = 10_000

  @Argument(help: "An event, or a stretch such as @400..@412.") var range: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let positions = try positions()
    let session = try await Session.open(global)
    let store = try await session.casebook()
    let basis = try await store.log.resolve(.head, of: store.casebookID)
    guard positions.upperBound <= basis.position else {
      throw EventLogError.beyondHead(position: positions.upperBound, head: basis.position)
    }
    let events = try await store.log.events(of: store.casebookID, positions: positions)
    let items = events.map(\.json)
    let imported = store.imported.map(ImportedAuthors.init)
    try session.show(
      Document(
        json: .document(
          (
            "basis",
            .document(
              ("casebook", .string(store.slug.text)), ("position", .integer(basis.position)),
              ("recordedAt", basis.recordedAt.map(JSON.instant)),
              ("imported", imported?.json))
          ), ("events", .array(items))), items: items
      ) { width in
        var page = Page(width: width)
        if let imported { page.add("\(imported.note, .caution)") }
        for event in events {
          page.gap()
          page.add(
            "\("@\(event.position)", .faint)  \(event.type, .strong)  \(event.stream.description)")
          page.add(
            "\("\(event.recordedAt)  \(event.recordedBy)  \(event.voice ?? "analyst")", .faint)",
            indent: 2)
          for line in event.prettyData.split(separator: "\n") {
            let words = line.drop { $0 == " " }
            page.add(
              StyledText(String(words)), indent: 2 + line.count - words.count, hanging: 2)
          }
        }
        return page
      })
  }

  private func positions() throws -> ClosedRange<Int64> {
    let parts = range.split(separator: ".", omittingEmptySubsequences: true)
    let numbers = parts.map { Int64($0.hasPrefix("@") ? $0.dropFirst() : $0) }
    guard (1...2).contains(numbers.count), let first = numbers.first ?? nil,
      let last = numbers.last ?? nil, 0 < first, first <= last
    else {
      throw Failure(.usage, "\"\(range)\" names no events. Write @412 or @400..@412")
    }
    guard last - first < Self.limit else {
      throw Failure(
        .usage, "more than \(Self.limit) events at once. Write the log with: dossier log export")
    }
    return first...last
  }
}

extension RecordedEvent {
  /// What was recorded, laid out to be read; as it is when it is not JSON.
  fileprivate var prettyData: String { (try? JSON(parsing: data))?.prettyText ?? data }

  fileprivate var json: JSON {
    .document(
      ("position", .integer(position)), ("type", .string(type)),
      ("schemaVersion", .integer(schemaVersion)), ("recordedAt", .instant(recordedAt)),
      ("recordedBy", .string(recordedBy)), ("voice", voice.map(JSON.string) ?? .null),
      ("stream", .string("\(stream.kind.rawValue)/\(stream.id)")),
      ("streamVersion", .integer(streamVersion)), ("id", .string(id.uuidString.lowercased())),
      ("request", .string(requestID.uuidString.lowercased())),
      ("leafHash", .string(leafHash.hexadecimal)),
      ("data", (try? JSON(parsing: data)) ?? .string(data)))
  }
}
