import CLibPQ
import Glibc

extension Session {
  /// What is said of a server that was given up.
  static let silence = "the server has stopped answering, and takes no new connection either"

  /// The next result of a statement, waited for as long as the server lives.
  func nextResult() -> ResultHandle? {
    waitForAnswer()
    return PQgetResult(connection).map { ResultHandle($0) }
  }

  /// Waits until libpq has an answer at hand, or the connection is known to have failed.
  ///
  /// A server may be long at a statement, or at waiting for a lock, and says nothing meanwhile; one that is frozen or cut
  /// off says nothing either. Whether it lets somebody in tells them apart.
  func waitForAnswer() {
    while PQisBusy(connection) == 1 {
      if isReadable(within: configuration.silenceLimit) {
        guard PQconsumeInput(connection) == 1 else { return }
      } else if !isServerAlive() {
        isGivenUp = true
        shutdown(socket, Int32(SHUT_RDWR))
        return
      }
    }
  }

  private func isReadable(within limit: Duration) -> Bool {
    let deadline = ContinuousClock.now + limit
    while true {
      var descriptor = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
      let left = max(ContinuousClock.now.duration(to: deadline) / .milliseconds(1), 0)
      let count = poll(&descriptor, 1, Int32(min(left.rounded(.up), 1e9)))
      if count < 0, errno == EINTR { continue }
      return count != 0
    }
  }

  /// Whether the server answers to somebody who connects, be it with a refusal.
  private func isServerAlive() -> Bool {
    do throws(PostgresError) {
      _ = try Session.open(configuration, waker: Waker())
      return true
    } catch {
      return error.sqlState != nil
    }
  }
}
