import ArgumentParser
import Calendar
import Casebook
import CasebookStore
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
      ) { Self.page(all, store.slug, width: $0) })
  }

  private static func page(_ all: [ViewStatus], _ casebook: Slug, width: Int) -> Page {
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
    if all.contains(where: { $0.condition == .notBuilt }) {
      page.gap()
      page.add("Build what is not there with: dossier projection rebuild --all")
    }
    for status in all {
      guard let fault = status.fault else { continue }
      page.gap()
      page.add("\(status.projection.name, .strong): \(fault.description)")
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
    case .stopped: text = "\("stopped", .bad)"
    case .behind, .notBuilt: text = "\("\(condition.rawValue)", .caution)"
    case .outdated:
      text = "\("built by version \(generation?.viewVersion ?? 0); rebuild it", .caution)"
    }
    if isBeingRebuilt {
      text.append(", being rebuilt by \(lastJob?.startedBy ?? "somebody")")
    } else if unfinished != nil {
      text.append(", a rebuild was interrupted and can go on")
    }
    if let runner { text.append(", followed by \(runner.name)") }
    return text
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
        fault.map {
          .document(
            ("position", .integer($0.position)), ("type", .string($0.type)),
            ("problem", .string($0.problem)), ("remedy", .string($0.description)))
        }
      ),
      ("lastJob", lastJob?.json(isRunning: isBeingRebuilt)))
  }
}

extension Job {
  fileprivate func json(isRunning: Bool) -> JSON {
    // One that says so itself and holds no lock was killed.
    let outcome = outcome == .running && !isRunning ? .interrupted : outcome
    return .document(
      ("job", .integer(id)), ("startedAt", .instant(startedAt)), ("startedBy", .string(startedBy)),
      ("finishedAt", finishedAt.map(JSON.instant)), ("outcome", .string(outcome.rawValue)),
      ("from", .integer(from)), ("to", .integer(to)), ("events", .integer(events)),
      ("eventsPerSecond", rate.map { .integer(Int64($0)) }), ("workers", .integer(workers)),
      ("detail", .text(detail)))
  }
}
