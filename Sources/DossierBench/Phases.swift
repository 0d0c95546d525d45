import Synchronization
import Views

/// How long a rebuild is in each of its phases.
final class Phases: Sendable {
  /// A phase that takes long.
  enum Phase: Sendable {
    case folding, comparing, dropping
  }

  private struct State {
    var current: Phase?
    var since = ContinuousClock.now
    var times: [Phase: Duration] = [:]
  }

  private let state = Mutex(State())

  /// Takes note of what a rebuild tells.
  func enter(_ progress: Rebuild.Progress) {
    switch progress {
    case .folding: begin(.folding)
    case .comparing: begin(.comparing)
    case .dropping: begin(.dropping)
    case .following, .switching: begin(nil)
    }
  }

  /// Takes note that it has ended.
  func end() { begin(nil) }

  /// How long it was in a phase, from when that was first told, in seconds.
  func seconds(of phase: Phase) -> Double {
    state.withLock { ($0.times[phase] ?? .zero) / .seconds(1) }
  }

  private func begin(_ phase: Phase?) {
    state.withLock { state in
      let now = ContinuousClock.now
      if let current = state.current {
        state.times[current, default: .zero] += state.since.duration(to: now)
      }
      state.current = phase
      state.since = now
    }
  }
}
