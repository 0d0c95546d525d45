import ArgumentParser
import Calendar
import Casebook
import CasebookStore
import EventLog
import StrictJSON
import Terminal
import Views

/// `dossier projection status`
struct ProjectionStatus: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show how far each view has come, and what holds it up.",
    discussion: """
      EXAMPLES
        dossier projection status
        dossier projection status claim_view --format json

      Of views that are named it tells the last rebuild and who keeps them, too. Every rebuild there was is a row of \
      dossier.projection_job (dossier db psql).
      """)

  @OptionGroup var choice: ViewChoice
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let projections = try choice.projections()
    let session = try await Session.open(global)
    let store = try await session.casebook()
    let views = ViewStore(store.log, casebook: store.casebookID)
    var found: [ViewStatus] = []
    for projection in projections { found.append(try await views.status(of: projection)) }
    let all = found
    let items = all.map(\.json)
    try session.show(
      Document(
        json: .document(("casebook", .string(store.slug.text)), ("views", .array(items))),
        items: items
      ) { [choice] in Self.page(all, store.slug, inDetail: !choice.views.isEmpty, width: $0) })
  }

  private static func page(
    _ all: [ViewStatus], _ casebook: Slug, inDetail: Bool, width: Int
  ) -> Page {
    var page = Page(width: width)
    page.add(
      left: StyledText(counted(all.count, "view"), .strong),
      right: "\(casebook)@\(all.first?.head ?? 0)")
    page.gap()
    var table = Table([
      .init("view"), .init("state", wraps: true), .init("position", alignment: .right),
      .init("behind", alignment: .right),
    ])
    for status in all {
      let position = status.generation.map { "@\($0.position)" } ?? "-"
      table.addRow([
        StyledText(status.projection.name, .strong), status.stateText, StyledText(position),
        StyledText("\(status.behind)"),
      ])
    }
    page.add(table)
    if inDetail {
      for text in all.flatMap(\.details) {
        page.gap()
        page.add(text)
      }
    }
    if all.contains(where: { $0.condition == .notBuilt }) {
      page.gap()
      page.add("Build what is not there with: dossier projection rebuild --all")
    }
    for fault in all.flatMap(\.faults).distinct {
      page.gap()
      page.add(StyledText(fault.description))
    }
    return page
  }
}

extension ViewStatus {
  /// The state and what else is going on, for people.
  fileprivate var stateText: StyledText {
    var text: StyledText
    switch condition {
    case .current: text = "\("current", .good)"
    case .behind, .notBuilt: text = "\("\(condition.rawValue)", .caution)"
    case .outdated:
      text = "\("built by version \(generation?.viewVersion ?? 0); rebuild it", .caution)"
    }
    if !faults.isEmpty {
      text.append(", \("\(counted(faults.count, "stream")) standing still", .bad)")
    }
    if isBeingRebuilt {
      text.append(", being rebuilt by \(lastJob?.startedBy ?? "somebody")")
    } else if unfinished != nil {
      text.append(", a rebuild was interrupted and can go on")
    }
    if let runner { text.append(", followed by \(runner.name)") }
    return text
  }

  /// The last rebuild and who keeps the view, for people.
  fileprivate var details: [StyledText] {
    var details: [StyledText] = []
    if let job = lastJob {
      let outcome = job.outcome(isRunning: isBeingRebuilt)
      let (start, events) = (job.startedAt.shortText, counted(job.events, "event"))
      var text: StyledText =
        "\(projection.name, .strong): last rebuild \(outcome.rawValue), by \(job.startedBy) at \(start) UTC, "
      text.append("from @\(job.from) to @\(job.to), \(events)")
      if let rate = job.rate { text.append(" (\(Int(rate)) a second)") }
      if let detail = job.detail { text.append("; \(detail)") }
      details.append(text)
    }
    if let runner {
      let (since, seen) = (runner.since.shortText, runner.heartbeat.shortText)
      details.append(
        "\(projection.name, .strong): followed by \(runner.name) since \(since) UTC, seen \(seen)")
    }
    return details
  }

  var json: JSON {
    .document(
      ("view", .string(projection.name)), ("viewVersion", .integer(projection.version)),
      ("builtVersion", generation.map { .integer($0.viewVersion) }),
      ("activeGeneration", generation.map { .integer($0.id) }),
      ("position", generation.map { .integer($0.position) }), ("head", .integer(head)),
      ("behind", .integer(behind)), ("state", .string(condition.rawValue)),
      (
        "follower",
        runner.map {
          .document(
            ("by", .string($0.name)), ("since", .instant($0.since)),
            ("heartbeat", .instant($0.heartbeat)))
        }
      ),
      ("rebuilding", isBeingRebuilt ? true : nil), ("interrupted", unfinished == nil ? nil : true),
      (
        "lastError",
        faults.first.map {
          .document(
            ("position", .integer($0.position)), ("type", .string($0.type)),
            ("problem", .string($0.problem)), ("remedy", .string($0.description)))
        }
      ),
      ("standstills", faults.isEmpty ? nil : .array(faults.map(\.json))),
      ("lastJob", lastJob?.json(isRunning: isBeingRebuilt)))
  }
}

extension Job {
  /// How it ended. One that says it is running and holds no lock was killed.
  fileprivate func outcome(isRunning: Bool) -> Outcome {
    outcome == .running && !isRunning ? .interrupted : outcome
  }

  fileprivate func json(isRunning: Bool) -> JSON {
    .document(
      ("job", .integer(id)), ("startedAt", .instant(startedAt)), ("startedBy", .string(startedBy)),
      ("finishedAt", finishedAt.map(JSON.instant)),
      ("outcome", .string(outcome(isRunning: isRunning).rawValue)),
      ("from", .integer(from)), ("to", .integer(to)), ("events", .integer(events)),
      ("eventsPerSecond", rate.map { .integer(Int64($0)) }), ("workers", .integer(workers)),
      ("detail", .text(detail)))
  }
}

extension Fault {
  /// The stream as documents name it.
  var streamText: String { "\(stream.kind.rawValue)/\(stream.id)" }

  /// A stream that stands still, as the documents about views give it.
  var json: JSON {
    .document(
      ("stream", .string(streamText)), ("position", .integer(position)), ("type", .string(type)),
      ("problem", .string(problem)))
  }
}

extension [Fault] {
  /// Each once: several views meet the same.
  fileprivate var distinct: [Fault] {
    Set(self).sorted { $0.position < $1.position }
  }
}
