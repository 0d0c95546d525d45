import ArgumentParser
import Casebook
import CasebookStore
import EventLog
import StrictJSON
import Terminal

/// `dossier history`
struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Every event of a case, a claim or a source, in order.",
    discussion: """
      EXAMPLES
        dossier history gouzenko
        dossier history gouzenko/c1 -p
        dossier history fbi-1955 --format ndjson
      """)

  @Argument(help: "A case, a source, or something in one, such as gouzenko/c1.") var reference:
    String
  @Flag(name: [.short, .customLong("patch")], help: "Show what each event changed.") var patch =
    false
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global, read)
    let reference = try Reference(reference)
    let (view, steps) = try await session.steps(of: reference, read)
    let events = steps.map { Self.json($0, hidesAnalysts: !view.showsRecorders) }
    try session.show(
      on: view,
      Document(
        json: view.document(("events", .array(events))), items: events
      ) { width in
        view.page(
          history: steps.map(\.entry), of: reference.description, width: width,
          showingChanges: patch)
      })
  }

  /// An event as it was recorded. Who recorded a source's claim, and why it was corrected, is the analysts' and left out
  /// with them.
  private static func json(_ step: CasebookStore.Step, hidesAnalysts: Bool) -> JSON {
    var data = (try? JSON(parsing: step.event.data)) ?? .null
    if hidesAnalysts, case .object(var object) = data {
      object["reason"] = nil
      data = .object(object)
    }
    return .document(
      ("position", .integer(step.event.position)),
      ("type", .string(step.event.type)),
      ("recordedAt", .instant(step.event.recordedAt)),
      ("recordedBy", hidesAnalysts ? nil : .string(step.event.recordedBy)),
      ("voice", step.event.voice.map(JSON.string) ?? .null),
      ("stream", .string("\(step.event.stream.kind.rawValue)/\(step.event.stream.id)")),
      ("streamVersion", .integer(step.event.streamVersion)),
      ("data", data))
  }
}

extension Session {
  /// The steps of a case, a source, the casebook, or of one thing in them, in the voices asked for.
  func steps(
    of reference: Reference, _ read: ReadOptions
  ) async throws -> (view: View, steps: [CasebookStore.Step]) {
    let store = try await casebook()
    if case .event(let position) = reference {
      throw Failure(
        .usage,
        "@\(position) is one event, and what came of it is in the history of its case. See: dossier log "
          + "show @\(position)")
    }
    guard let home = reference.home else {
      return try await register(of: reference, in: store, read)
    }
    let view = try await store.view(of: [home], read.reading(self))
    noteFuture(view)
    let stream: StreamAddress
    if view.state.cases[home] != nil {
      stream = StreamAddress(.caseFile, home)
    } else if view.state.sources[home] != nil {
      stream = StreamAddress(.source, home)
    } else if home.text == "casebook" {
      stream = StreamAddress(.casebook, store.slug)
    } else {
      throw await unknownCase(home, in: store, at: view)
    }
    var steps = try await store.trail(of: [stream], at: view.basis)
    if case .item(let item) = reference {
      steps = steps.filter { $0.entry.concerns(item) }
      guard !steps.isEmpty else {
        throw Failure(.notFound, "there is no \(reference). See: dossier history \(home)")
      }
    }
    return (view, view.heard(steps))
  }

  private func register(
    of reference: Reference, in store: CasebookStore, _ read: ReadOptions
  ) async throws -> (view: View, steps: [CasebookStore.Step]) {
    let view = try await store.view(of: [], read.reading(self))
    let all = try await store.trail(of: [StreamAddress(.casebook, store.slug)], at: view.basis)
    let steps = all.filter { $0.entry.reference == reference }
    guard !steps.isEmpty else {
      throw Failure(.notFound, "there is no \(reference). See: dossier log show \(reference)")
    }
    return (view, view.heard(steps))
  }
}

extension View {
  /// The steps in a voice that was asked for.
  func heard(_ steps: [CasebookStore.Step]) -> [CasebookStore.Step] {
    steps.compactMap { step in
      guard let entry = heard(step.entry) else { return nil }
      var step = step
      step.entry = entry
      return step
    }
  }

  /// A step as it may be told when it is in a voice that was asked for. Why an event was set aside, and who did that, is
  /// the analysts' to say.
  func heard(_ entry: TrailEntry) -> TrailEntry? {
    guard hears(entry) else { return nil }
    guard !state.voices.includesAnalysts else { return entry }
    var entry = entry
    entry.voiding = nil
    return entry
  }

  /// Whether the step is in a voice that was asked for, and speaks of nothing that only others say.
  private func hears(_ entry: TrailEntry) -> Bool {
    if let voice = entry.voice { return state.voices.includes(voice) }
    guard state.voices.includesAnalysts else { return false }
    guard state.voices.isNarrowed else { return true }
    if entry.stream.kind == .source, state.sources[entry.stream.id] == nil { return false }
    guard case .item(let item) = entry.reference else { return true }
    let file = state.cases[item.home]
    return switch item.kind {
    case .dispute: file?.disputes[item.number] != nil
    case .citation: file?.citations[item.number] != nil
    case .annotation: state.annotations(of: entry.stream)?[item.number] != nil
    case .conclusion: file?.conclusions[item.number] != nil
    case .claim: true
    }
  }
}

extension TrailEntry {
  /// Whether the step is about a thing, or about what was said of it.
  func concerns(_ item: ItemReference) -> Bool { things.contains(item.description) }

  /// What the step is about, by reference: a thing, and what that was said of.
  var things: Set<String> {
    var things: Set<String> = []
    if case .item(let item) = reference { things.insert(item.description) }
    for field in before + after {
      switch field.name {
      case "claim", "target":
        things.insert(field.text.contains("/") ? field.text : "\(stream.id)/\(field.text)")
      case "on": things.formUnion(field.text.split(separator: ", ").map(String.init))
      default: break
      }
    }
    return things
  }
}
