import ArgumentParser
import CasebookStore
import EventLog
import PostgresClient
import StrictJSON
import Terminal
import Views

/// `dossier projection follow`
struct ProjectionFollow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "follow", abstract: "Keep views up to date until told to stop. Runs as a service.",
    discussion: """
      EXAMPLES
        dossier projection follow
        dossier projection follow claim_view --all-casebooks --format ndjson

      Several may run: one keeps a view, another takes over when that one ends. Stop it with SIGTERM or Ctrl-C.
      """)

  @OptionGroup var choice: ViewChoice
  @Flag(
    name: .long,
    help: "Every casebook whose views you may write, those created meanwhile included.")
  var allCasebooks = false
  @Option(name: .long, help: "Look for events at least every so many seconds.")
  var interval: Double = 1
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard interval >= 0.01, interval <= 3_600 else {
      throw ValidationError("--interval is between 0.01 and 3600 seconds.")
    }
  }

  func run() async throws {
    let projections = try choice.projections()
    let session = try await Session.open(global)
    let interval = Duration.milliseconds(Int(interval * 1_000))
    let follower =
      allCasebooks
      ? Follower(session.log, projections, interval: interval)
      : Follower(try await session.casebook(), projections, interval: interval)
    let terminal = session.terminal
    let inJSON = global.format != .table
    // Told to stop, it returns: that is how a service ends well.
    try await follower.run { [allCasebooks] casebook, happening in
      let place = allCasebooks ? casebook.map { "\($0)  " } ?? "" : ""
      let line =
        inJSON
        ? happening.json(in: casebook).text.escapedForJSON
        : place + happening.text.escapedForDisplay
      try? terminal.output.write(line + "\n")
      try? terminal.output.flush()
    }
  }
}

extension Follower.Happening {
  fileprivate var text: String {
    switch self {
    case .tookOver(let view): "\(view)  following"
    case .advanced(let view, let position): "\(view)  @\(position)"
    case .stopped(let view, let fault): "\(view)  \(fault)"
    case .failed(let view, let problem): "\(view)  \(problem)"
    case .disconnected(let reason): "the database is away: \(reason)"
    }
  }

  fileprivate func json(in casebook: String?) -> JSON {
    var members: [(String, JSON)]
    switch self {
    case .tookOver(let view): members = [("view", .string(view)), ("state", "following")]
    case .advanced(let view, let position):
      members = [("view", .string(view)), ("state", "current"), ("position", .integer(position))]
    case .stopped(let view, let fault):
      members = [
        ("view", .string(view)), ("state", "stopped"), ("stream", .string(fault.streamText)),
        ("position", .integer(fault.position)),
        ("problem", .string(fault.description)),
      ]
    case .failed(let view, let problem):
      members = [("view", .string(view)), ("state", "failed"), ("problem", .string(problem))]
    case .disconnected(let reason):
      members = [("state", "disconnected"), ("problem", .string(reason))]
    }
    if let casebook { members.insert(("casebook", .string(casebook)), at: 0) }
    return .object(JSONObject(members))
  }
}
