import Casebook
import CasebookStore
import EventLog
import StrictJSON
import Terminal

/// What a command works with: the terminal, the settings, the log, and the casebook.
struct Session {
  let options: GlobalOptions
  let terminal: Terminal
  let settings: Settings
  let log: EventLog

  /// Opens the server that the options and settings name. What `read` asks for is looked at first: a server is neither
  /// started nor asked for a slip of the pen.
  static func open(_ options: GlobalOptions, _ read: ReadOptions? = nil) async throws -> Session {
    let settings = try Settings()
    try read?.check(settings)
    let terminal = options.terminal(settings.environment)
    let log = try await Server(settings, url: options.databaseURL).open(terminal)
    return Session(options: options, terminal: terminal, settings: settings, log: log)
  }

  /// The casebook to work in: by flag, environment or configuration; else the only one there is.
  func casebook() async throws -> CasebookStore {
    let casebooks = try await log.casebooks()
    if let wanted = options.casebook ?? settings.casebook {
      guard let found = casebooks.first(where: { $0.slug == wanted }) else {
        let hint =
          closest(to: wanted, among: casebooks.map(\.slug))
          .map { "Did you mean \"\($0)\"?" } ?? "See them with: dossier casebook list"
        throw Failure(.notFound, "there is no casebook \"\(wanted)\" that you can read. \(hint)")
      }
      return try store(found)
    }
    guard let only = casebooks.first else {
      throw Failure(
        .notFound,
        "there is no casebook yet. Load the bundled one with: dossier import corpus --bundled "
          + "soviet-defectors, or begin your own with: dossier casebook create NAME")
    }
    guard casebooks.count == 1 else {
      let names = casebooks.map(\.slug).joined(separator: ", ")
      throw Failure(
        .usage,
        "there are several casebooks (\(names)). Choose one with --casebook, or for good with: "
          + "dossier casebook use NAME")
    }
    return try store(only)
  }

  func store(_ record: CasebookRecord) throws -> CasebookStore {
    CasebookStore(
      log: log, casebookID: record.id, slug: try Slug(record.slug), imported: record.imported)
  }

  /// Shows an answer that depends on a prefix, and says on standard error what must be known beside it.
  func show(on view: View, _ document: Document) throws {
    warnOfStops(view)
    try show(document)
  }

  /// How many streams that stand still are named on standard error.
  private static let stopsShown = 5

  /// Says which streams stand still, why and what mends that, and which events should set others aside and do not.
  func warnOfStops(_ view: View) {
    let stopped = view.stopped
    for stop in stopped.prefix(Self.stopsShown) { terminal.warn(stop.description) }
    if stopped.count > Self.stopsShown {
      terminal.warn(
        "\(counted(stopped.count - Self.stopsShown, "more stream")) stand still. See them with: "
          + "dossier log verify --domain")
    }
    for (position, problem) in view.voids.withoutEffect.sorted(by: { $0.key < $1.key })
      .prefix(Self.stopsShown)
    {
      terminal.warn("@\(position) sets no event aside: \(problem)")
    }
  }

  /// Shows the answer.
  func show(_ document: Document) throws {
    try OutputWriter(terminal: terminal, options: options, environment: settings.environment)
      .write(document)
  }
}
