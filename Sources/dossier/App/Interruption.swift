import Glibc

/// Ctrl-C: nothing half-done stays behind, since every change is one transaction, so the process may simply end.
enum Interruption {
  static func install() {
    signal(SIGINT) { _ in _exit(ExitStatus.interrupted.rawValue) }
  }
}
