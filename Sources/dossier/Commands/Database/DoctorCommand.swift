import ArgumentParser
import Calendar
import EmbeddedPostgres
import EventLog
import PostgresClient
import StrictJSON
import Terminal

/// `dossier doctor`
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Show what is installed, reachable and behind, and how to mend it.",
    discussion: """
      EXAMPLES
        dossier doctor
      """)

  /// Clocks may differ by this much, in microseconds, before it is worth a word.
  private static let tolerance: Int64 = 5_000_000

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let settings = try Settings()
    var checkup = Checkup()
    checkup.note("dossier", Version.text)
    do {
      let server = try Server(settings, url: global.databaseURL)
      if let embedded = server.embedded { await Self.inspect(embedded, &checkup) }
      await Self.inspect(server, &checkup)
    } catch {
      checkup.fail("server", Failure(error).message ?? "")
    }
    let result = checkup
    try global.show(Document(json: result.json) { result.page(width: $0) })
    if result.hasFailed { throw ExitStatus.checkFailed }
  }

  private static func inspect(_ cluster: EmbeddedCluster, _ checkup: inout Checkup) async {
    do {
      let installation = try await cluster.locate()
      checkup.pass("PostgreSQL", "\(installation.version) in \(installation.programs)")
      let status = try cluster.status()
      checkup.note("embedded database", "\(status.activity.rawValue), \(cluster.dataDirectory)")
    } catch {
      checkup.fail("PostgreSQL", Failure(error).message ?? "")
    }
  }

  private static func inspect(_ server: Server, _ checkup: inout Checkup) async {
    do {
      let connection = try await PostgresConnection.connect(server.configuration)
      let row = try await connection.query(
        "SELECT current_setting('server_version'), session_user::text, clock_timestamp()")[0]
      let (version, user, time) = try row.decode((String, String, PostgresTimestamp).self)
      checkup.pass("connection", "server \(version), logged in as \(user)")
      let drift = abs(time.microsecondsSinceUnixEpoch - Instant.now.microseconds)
      if drift > tolerance {
        checkup.fail("clock", "the server's differs from this machine's by \(drift / 1_000_000) s")
      } else {
        checkup.pass("clock", "the server's agrees with this machine's")
      }
      let status = try await Migrator().status(connection)
      if status.isCurrent {
        checkup.pass("schema", "current (\(counted(status.applied.count, "migration")))")
      } else {
        checkup.fail(
          "schema", "\(counted(status.pending.count, "migration")) behind. Run: dossier migrate")
      }
      await connection.close()
    } catch {
      checkup.fail("connection", Failure(error).message ?? "")
    }
  }
}

/// What was looked at and how it stands.
private struct Checkup {
  private var rows: [(name: String, mark: String, style: Style, text: String)] = []
  private(set) var hasFailed = false

  mutating func pass(_ name: String, _ text: String) { rows.append((name, "ok", .good, text)) }
  mutating func note(_ name: String, _ text: String) { rows.append((name, "", .faint, text)) }
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
