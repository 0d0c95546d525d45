import Glibc
import PostgresClient

/// A program that is run to its end with its output going nowhere.
struct Program {
  private let command: [String]
  private let environment: [String]

  /// A program at a path, with its arguments and the whole of its environment.
  init(_ path: String, _ arguments: [String], _ environment: [String]) {
    command = [path] + arguments
    self.environment = environment
  }

  /// What libpq reads, and nothing of the person who measures.
  static func environment(for configuration: PostgresConfiguration) -> [String] {
    let variables = [("PGHOST", "host"), ("PGDATABASE", "dbname"), ("PGUSER", "user")]
    return ["HOME=/nowhere", "LANG=C.UTF-8"]
      + variables.map { "\($0)=\(configuration.keywords[$1] ?? "")" }
  }

  /// Runs it; returns how long it took in seconds.
  ///
  /// - Throws: `ProgramFailure` when it cannot be run or does not succeed.
  func seconds() throws -> Double { try run().seconds }

  /// Runs it; returns how long it took, and how much memory it held at its peak, in bytes.
  ///
  /// - Throws: `ProgramFailure` when it cannot be run or does not succeed.
  func run() throws -> (seconds: Double, peakMemory: Double) {
    let arguments = command.map { strdup($0) } + [nil]
    let variables = environment.map { strdup($0) } + [nil]
    defer { for string in arguments + variables { free(string) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in [STDIN_FILENO, STDOUT_FILENO] {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    let clock = ContinuousClock()
    let start = clock.now
    var process = pid_t()
    var status = posix_spawn(&process, command[0], &actions, nil, arguments, variables)
    guard status == 0 else { throw ProgramFailure(command: command, status: status) }
    var usage = rusage()
    while wait4(process, &status, 0, &usage) < 0, errno == EINTR {}
    let elapsed = start.duration(to: clock.now)
    guard status == 0 else { throw ProgramFailure(command: command, status: status) }
    return (elapsed / .seconds(1), Double(usage.ru_maxrss) * 1024)
  }
}

/// A program that could not be run or did not succeed.
struct ProgramFailure: Error, CustomStringConvertible {
  let command: [String]
  let status: Int32

  var description: String {
    "\(command.joined(separator: " ")) failed with status \(status); its own message is above"
  }
}
