import Foundation
import Synchronization

/// Runs other programs.
///
/// Foundation's `Process` waits for the end of a descriptor that it lends its child, and a server
/// that the child leaves behind keeps that open for ever. So this asks for the child's status.
enum ChildProcess {
  /// A pipe is not safe from being inherited until it has been marked, so nothing is spawned
  /// meanwhile.
  private static let spawning = Mutex(())

  /// Starts a program with its output going nowhere and its input from a descriptor, or nowhere.
  static func spawn(_ command: [String], standardInput: Int32? = nil) throws -> pid_t {
    let environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("PG") }
    // The server's user may not be able to enter the folder that tests run in.
    let arguments =
      (["/bin/sh", "-c", "cd / && exec \"$@\"", "sh"] + command).map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for string in arguments + variables { free(string) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor: Int32 in 0...2 {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    if let standardInput { posix_spawn_file_actions_adddup2(&actions, standardInput, 0) }
    var process = pid_t()
    let status = spawning.withLock { _ in
      posix_spawn(&process, "/bin/sh", &actions, nil, arguments, variables)
    }
    guard status == 0 else { throw ChildProcessFailure(status) }
    return process
  }

  /// Waits for the end of a program and returns its status as `waitpid` does: 0 for success.
  static func wait(for process: pid_t) async -> Int32 {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        continuation.resume(returning: status)
      }
    }
  }

  /// Makes a pipe that children do not inherit.
  static func pipe() throws -> (readEnd: Int32, writeEnd: Int32) {
    try spawning.withLock { _ in
      var ends: [Int32] = [-1, -1]
      guard Glibc.pipe(&ends) == 0 else { throw ChildProcessFailure(errno) }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      return (ends[0], ends[1])
    }
  }
}

/// A program could not be started.
struct ChildProcessFailure: Error, CustomStringConvertible {
  let description: String

  init(_ code: Int32) {
    description = "A program could not be started: \(String(cString: strerror(code)))"
  }
}
