import Synchronization
import Terminal

/// Tells how far an import has come. How many entries there are is known only once it has begun.
final class ImportProgress: Sendable {
  private let label: String
  private let unit: String
  private let terminal: Terminal
  private let bar = Mutex<ProgressBar?>(nil)

  init(_ label: String, unit: String, _ terminal: Terminal) {
    self.label = label
    self.unit = unit
    self.terminal = terminal
  }

  func advance(to done: Int, of total: Int) {
    bar.withLock { bar in
      if bar == nil {
        let start = ContinuousClock.now
        bar = ProgressBar(
          label, unit: unit, from: done, total: total, surface: terminal.errorSurface,
          stream: terminal.errors, now: { ContinuousClock.now - start })
      }
      bar?.advance(to: done)
    }
  }

  func finish() {
    bar.withLock { $0?.finish() }
  }
}
