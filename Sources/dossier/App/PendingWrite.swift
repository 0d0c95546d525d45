import EventLog
import Glibc
import Synchronization
import struct FoundationEssentials.UUID

/// The request that has been sent and not been answered yet: whoever interrupts it is told how to have it done once.
enum PendingWrite {
  /// Where the words begin that a signal handler may have to write, which can make none of its own; 0 when there is
  /// nothing to say. They are few, and never freed: the handler may be reading them.
  private static let words = Atomic<UInt>(0)

  /// Tells of requests as the log sends them.
  static let watch = RequestWatch(sent: begin, answered: end)

  private static func begin(_ id: UUID) {
    let text =
      "dossier: interrupted before the server said whether it was recorded. To have it done once, "
      + "repeat the command with --request-id \(id.uuidString.lowercased()).\n"
    words.store(UInt(bitPattern: strdup(text)), ordering: .releasing)
  }

  private static func end() { words.store(0, ordering: .releasing) }

  /// Says on standard error that it is not known what became of the request, if there is one. Safe in a signal handler.
  static func tell() {
    guard let text = UnsafePointer<CChar>(bitPattern: words.load(ordering: .acquiring)) else {
      return
    }
    _ = write(STDERR_FILENO, text, strlen(text))
  }
}
