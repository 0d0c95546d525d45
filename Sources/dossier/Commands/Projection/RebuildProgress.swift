import StrictJSON
import Synchronization
import Terminal
import Views

/// Tells on standard error how far a rebuild has come: to people how many events are folded, to machines one line of JSON
/// at the beginning of each phase, and every few seconds while it folds.
final class RebuildProgress: Sendable {
  private struct State {
    var phase = ""
    /// How many events earlier runs had folded.
    var base = 0
    var foldingSince: ContinuousClock.Instant
    var lastTold: ContinuousClock.Instant
  }

  private let casebook, view: String
  private let terminal: Terminal
  /// Nil where machines read.
  private let bar: ImportProgress?
  private let state: Mutex<State>

  /// How often a machine is told while events are folded.
  private static let interval = Duration.seconds(2)

  init(_ casebook: String, _ view: String, inJSON: Bool, _ terminal: Terminal) {
    self.casebook = casebook
    self.view = view
    self.terminal = terminal
    bar = inJSON ? nil : ImportProgress(view, unit: "events", terminal)
    let now = ContinuousClock.now
    state = Mutex(State(foldingSince: now, lastTold: now))
  }

  func advance(_ progress: Rebuild.Progress) {
    guard let bar else { return tell(progress) }
    if case .folding(let done, let total) = progress { bar.advance(to: done, of: total) }
  }

  func finish() { bar?.finish() }

  private func tell(_ progress: Rebuild.Progress) {
    let now = ContinuousClock.now
    state.withLock { state in
      let phase = progress.phase
      let begins = phase != state.phase
      guard begins || now - state.lastTold >= Self.interval else { return }
      state.phase = phase
      state.lastTold = now
      var members: [(String, JSON)] = [
        ("casebook", .string(casebook)), ("view", .string(view)), ("phase", .string(phase)),
      ]
      if case .folding(let done, let total) = progress {
        if begins { (state.base, state.foldingSince) = (done, now) }
        members += [("done", .integer(done)), ("total", .integer(total))]
        let seconds = (now - state.foldingSince) / .seconds(1)
        if done > state.base, seconds > 0 {
          let rate = Double(done - state.base) / seconds
          members += [
            ("eventsPerSecond", .integer(Int(rate.rounded()))),
            ("secondsLeft", .integer(Int((Double(total - done) / rate).rounded(.up)))),
          ]
        }
      }
      // Progress is not worth failing for.
      try? terminal.errors.write(JSON.object(JSONObject(members)).text.escapedForJSON + "\n")
      try? terminal.errors.flush()
    }
  }
}

extension Rebuild.Progress {
  fileprivate var phase: String {
    switch self {
    case .folding: "folding"
    case .following: "following"
    case .comparing: "comparing"
    case .switching: "switching"
    case .dropping: "dropping"
    }
  }
}
