import Glibc
import Synchronization

/// What a pool asks about a connection, kept where asking costs no change of threads.
///
/// Both answers err on the side of caution: a connection that may need attention is looked at on
/// its own thread.
final class ConnectionStatus: Sendable {
  private let idle = Atomic(false)
  private let descriptor = Atomic<Int32>(-1)

  /// Notes that something is under way, or that nothing is known.
  func begin() { idle.store(false, ordering: .releasing) }

  /// Notes how an exchange left the connection, and which socket it has.
  func end(idle isIdle: Bool, socket: Int32) {
    descriptor.store(socket, ordering: .releasing)
    idle.store(isIdle, ordering: .releasing)
  }

  /// Whether the connection is surely open, with no transaction, stream or COPY.
  var isIdle: Bool { idle.load(ordering: .acquiring) }

  /// Whether the server has surely said nothing since; a farewell would make the socket readable.
  var isQuiet: Bool {
    guard isIdle else { return false }
    var descriptor = pollfd(
      fd: descriptor.load(ordering: .acquiring), events: Int16(POLLIN), revents: 0)
    return poll(&descriptor, 1, 0) == 0
  }
}
