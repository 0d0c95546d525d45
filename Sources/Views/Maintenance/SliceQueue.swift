import Synchronization

/// The slices that workers take from, and how far they have come together.
final class SliceQueue: Sendable {
  private let open: Mutex<ArraySlice<Slice>>
  private let done: Mutex<Int>
  private let total: Int

  init(_ slices: [Slice], eventsDone: Int) {
    open = Mutex(slices[...])
    done = Mutex(eventsDone)
    total = slices.reduce(eventsDone) { $0 + $1.events }
  }

  /// The next slice to fold; nil when there is none left.
  func next() -> Slice? { open.withLock { $0.popFirst() } }

  /// Adds events that have been folded.
  func count(_ events: Int) -> Rebuild.Progress {
    let sum = done.withLock { done in
      done += events
      return done
    }
    return .folding(done: sum, total: total)
  }
}
