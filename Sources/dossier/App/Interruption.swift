import Dispatch
import Glibc
import Synchronization

/// Ctrl-C, and requests to end.
///
/// The first cancels the work, so that the server is told to stop, transactions are rolled back and
/// temporary files go; half a second later, or at the second, the process ends whatever happens. Where a request was on its
/// way, it says how to repeat it.
enum Interruption {
  private static let grace = DispatchTimeInterval.milliseconds(500)
  private static let received = Atomic<Int32>(0)
  /// Both ends of a pipe from the handler, which may do next to nothing, to the queue.
  private static let pipeEnds: (reading: Int32, writing: Int32) = {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return (-1, -1) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }()

  /// Whether the process has been asked to end.
  static var isRequested: Bool { received.load(ordering: .relaxed) != 0 }

  /// Watches for SIGINT, SIGTERM and SIGHUP, but leaves alone those that whoever started the process
  /// had ignored (`nohup`, background jobs).
  static func watch(_ cancel: @escaping @Sendable () -> Void) {
    let queue = DispatchQueue(label: "dossier.interruption")
    let source = DispatchSource.makeReadSource(fileDescriptor: pipeEnds.reading, queue: queue)
    source.setEventHandler {
      source.cancel()
      cancel()
      queue.asyncAfter(deadline: .now() + grace) { end() }
    }
    source.activate()
    for number in [SIGINT, SIGTERM, SIGHUP] {
      // A handler, and not SIG_IGN, since programs that are started from here inherit the latter.
      let previous = signal(number, handle)
      if isIgnored(previous) { signal(number, SIG_IGN) }
    }
  }

  private static let handle: @convention(c) (Int32) -> Void = { number in
    let isFirst = received.compareExchange(
      expected: 0, desired: number, ordering: .relaxed
    ).exchanged
    if !isFirst { end() }
    var byte: UInt8 = 0
    _ = write(pipeEnds.writing, &byte, 1)
  }

  /// As a shell says it: 130 for Ctrl-C, which is also what stands for whatever else gives up, and 143 for a request to
  /// end.
  static var status: Int32 {
    let number = received.load(ordering: .relaxed)
    return number == 0 ? ExitStatus.interrupted.rawValue : 128 + number
  }

  /// Ends the process at once. Safe in a signal handler.
  private static func end() -> Never {
    PendingWrite.tell()
    _exit(status)
  }

  private static func isIgnored(_ handler: sighandler_t?) -> Bool {
    unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
