import Foundation
import Synchronization

/// Stops a server and removes its folder when told to, or when this process dies.
final class Watchdog: Sendable {
  private let process: pid_t
  /// While this end of a pipe is open, the watchdog waits.
  private let leash: Mutex<Int32?>

  /// Guards a folder; the command is run before it is removed.
  init(directory: String, stopCommand: [String]) throws {
    let (readEnd, writeEnd) = try ChildProcess.pipe()
    defer { close(readEnd) }
    leash = Mutex(writeEnd)
    // The pipe ends when its last writer does, however that comes about.
    let script = "trap '' INT TERM HUP; read -r _; d=$1; shift; \"$@\"; rm -rf -- \"$d\""
    process = try ChildProcess.spawn(
      ["/bin/sh", "-c", script, "watchdog", directory] + stopCommand, standardInput: readEnd)
  }

  deinit { letGo() }

  /// Lets go and waits until everything is cleared away.
  func bite() async {
    letGo()
    _ = await ChildProcess.wait(for: process)
  }

  private func letGo() {
    leash.withLock { leash in
      if let open = leash { close(open) }
      leash = nil
    }
  }
}
