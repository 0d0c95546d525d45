import CLibPQ
import Dispatch
import Synchronization

/// Cancels the statement that is under way on a connection, and only that one.
///
/// A request to cancel names a session, not a statement, and travels on a connection of its own:
/// it may arrive before the server has begun the statement, when it is ignored, or after the
/// statement has ended, when it would hit the next one. So it is repeated until the exchange is
/// over, and the exchange is not over before the last request has been answered.
final class Canceller: Sendable {
  private final class Request: Sendable {
    let exchangeEnded = DispatchSemaphore(value: 0)
    let finished = DispatchSemaphore(value: 0)
  }

  private enum State {
    case idle
    case running(UInt64)
    case cancelling(Request)
  }

  private struct Storage: ~Copyable {
    var state = State.idle
    var lastTicket: UInt64 = 0
  }

  nonisolated(unsafe) private let handle: OpaquePointer?
  private let storage = Mutex(Storage())

  /// Takes from a connection what is needed to cancel its statements.
  init(connection: OpaquePointer) { handle = PQgetCancel(connection) }

  deinit { PQfreeCancel(handle) }

  /// Notes that an exchange begins.
  func begin() -> UInt64 {
    storage.withLock { storage in
      storage.lastTicket += 1
      storage.state = .running(storage.lastTicket)
      return storage.lastTicket
    }
  }

  /// Notes that the exchange is over, and tells whether it was to be cancelled.
  func end() -> Bool {
    let state = storage.withLock { storage in
      defer { storage.state = .idle }
      return storage.state
    }
    guard case .cancelling(let request) = state else { return false }
    request.exchangeEnded.signal()
    request.finished.wait()
    return true
  }

  /// Cancels the exchange with this ticket, or any that is under way; returns at once.
  func cancel(_ ticket: UInt64? = nil) {
    let request: Request? = storage.withLock { storage in
      guard case .running(let current) = storage.state, ticket ?? current == current else {
        return nil
      }
      let request = Request()
      storage.state = .cancelling(request)
      return request
    }
    guard let request else { return }
    BlockingThread.start { self.send(request) }
  }

  private func send(_ request: Request) {
    var pause = 20
    repeat {
      requestCancellation()
      pause = min(pause * 2, 1_000)
    } while request.exchangeEnded.wait(timeout: .now() + .milliseconds(pause)) == .timedOut
    request.finished.signal()
  }

  /// Asks the server, and waits until it has passed the request on.
  func requestCancellation() {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { message in
      _ = PQcancel(handle, message.baseAddress, Int32(message.count))
    }
  }
}
