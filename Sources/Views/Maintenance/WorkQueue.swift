import Synchronization

/// Work that several workers take from.
final class WorkQueue<Item: Sendable>: Sendable {
  private let open: Mutex<ArraySlice<Item>>

  init(_ items: [Item]) { open = Mutex(items[...]) }

  /// The next piece of work; nil when there is none left.
  func next() -> Item? { open.withLock { $0.popFirst() } }
}
