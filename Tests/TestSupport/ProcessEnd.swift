import Dispatch
import Foundation

/// The end of a process, whoever started it: the system says when it comes, so that nobody has to look again and again.
struct ProcessEnd {
  private let descriptor: Int32

  /// Watches a process; nil when there is none of that number any more.
  init?(_ processID: pid_t) {
    let descriptor = Self.open(processID, 0)
    guard descriptor >= 0 else { return nil }
    self.descriptor = descriptor
  }

  /// Waits until the process has ended.
  func wait() async {
    let source = DispatchSource.makeReadSource(fileDescriptor: descriptor)
    await withCheckedContinuation { continuation in
      source.setEventHandler { source.cancel() }
      source.setCancelHandler { continuation.resume() }
      source.resume()
    }
    close(descriptor)
  }

  /// The processes that a process has started and that still run.
  static func children(of processID: pid_t) throws -> [pid_t] {
    try String(contentsOfFile: "/proc/\(processID)/task/\(processID)/children", encoding: .utf8)
      .split(separator: " ").compactMap { pid_t($0) }
  }

  /// `pidfd_open(2)`, which Swift's module of the C library leaves out.
  private static let open = unsafeBitCast(
    dlsym(nil, "pidfd_open"), to: (@convention(c) (pid_t, UInt32) -> Int32).self)
}
