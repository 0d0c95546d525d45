import Glibc

/// Ends a wait for a socket early, from any thread.
final class Waker: Sendable {
  /// Data to read.
  static let readable = Int32(POLLIN)
  /// Room to write.
  static let writable = Int32(POLLOUT)

  private let readEnd: Int32
  private let writeEnd: Int32

  /// Makes a waker; one that never wakes, should the process have run out of descriptors.
  init() {
    var ends: [Int32] = [-1, -1]
    if pipe(&ends) == 0 {
      for end in ends {
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        _ = fcntl(end, F_SETFL, O_NONBLOCK)
      }
    }
    readEnd = ends[0]
    writeEnd = ends[1]
  }

  deinit {
    if readEnd >= 0 { _ = close(readEnd) }
    if writeEnd >= 0 { _ = close(writeEnd) }
  }

  func wake() {
    var byte: UInt8 = 1
    _ = write(writeEnd, &byte, 1)
  }

  /// What ended a wait.
  enum Reason { case ready, woken, timedOut }

  /// Blocks until the socket is ready for the events, the waker is woken or time is up.
  func wait(
    for socket: Int32, events: Int32, until deadline: ContinuousClock.Instant?
  ) -> Reason {
    while true {
      var descriptors = [
        pollfd(fd: socket, events: Int16(events), revents: 0),
        pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0),
      ]
      var timeout: Int32 = -1
      if let deadline {
        let left = ContinuousClock.now.duration(to: deadline)
        // Rounded up, so that a wait never spins through its last millisecond.
        let milliseconds = left / .milliseconds(1)
        timeout = milliseconds <= 0 ? 0 : Int32(min(milliseconds.rounded(.up), 1e9))
      }
      let count = poll(&descriptors, 2, timeout)
      if count < 0, errno == EINTR { continue }
      if descriptors[1].revents != 0 {
        // A pipe of nothing but wake-ups: however many there were, one is as good.
        var bytes = [UInt8](repeating: 0, count: 64)
        while read(readEnd, &bytes, bytes.count) > 0 {}
        return .woken
      }
      return count == 0 ? .timedOut : .ready
    }
  }
}
