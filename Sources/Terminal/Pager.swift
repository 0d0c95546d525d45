import Glibc

/// Shows long text one screen at a time through the user's own pager.
public struct Pager: Sendable {
  /// The command, run by the shell.
  public let command: String

  /// Chooses the pager: `DOSSIER_PAGER`, then `PAGER`, then `less`.
  ///
  /// Nil when the choice is empty or `cat`, which is how paging is turned off.
  ///
  /// - Parameter environment: The process's environment.
  public init?(environment: [String: String]) {
    let command = environment["DOSSIER_PAGER"] ?? environment["PAGER"] ?? "less"
    guard !command.isEmpty, command != "cat" else { return nil }
    self.command = command
  }

  /// Whether text is too long for a screen.
  ///
  /// - Parameters:
  ///   - lines: Lines of the text.
  ///   - surface: Where it would be shown.
  /// - Returns: True on a terminal whose lines it would fill or more.
  public static func isNeeded(forLines lines: Int, on surface: Terminal.Surface) -> Bool {
    guard surface.isTerminal, let height = surface.height else { return false }
    return lines >= height
  }

  /// Shows text and waits until the reader leaves the pager.
  ///
  /// `LESS` is set to `FRX`, unless the user has set it: leave if it fits one screen, show colours,
  /// leave the text on the screen.
  ///
  /// - Parameter text: What to show, with its escape sequences.
  /// - Returns: Whether the pager could be run; when not, nothing has been shown.
  public func show(_ text: String) -> Bool {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return false }
    let (reading, writing) = (ends[0], ends[1])
    // Were the pager to hold the writing end too, it would never see the text's end.
    _ = fcntl(writing, F_SETFD, FD_CLOEXEC)
    guard let child = start(reading: reading) else {
      close(reading)
      close(writing)
      return false
    }
    close(reading)

    // Ctrl-C belongs to the pager while it runs.
    let interrupt = signal(SIGINT, SIG_IGN)
    defer { signal(SIGINT, interrupt) }
    let stream = ByteStream(writing)
    // A reader who leaves before the end closes the pipe: that is no failure.
    try? stream.write(text)
    try? stream.flush()
    close(writing)
    var status: Int32 = 0
    while waitpid(child, &status, 0) == -1, errno == EINTR {}
    // The shell says 127 when there is no such command, 126 when it cannot be run.
    let exitStatus = (status >> 8) & 0xFF
    return exitStatus != 127 && exitStatus != 126
  }

  private func start(reading: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, reading, STDIN_FILENO)

    // Signals that this process ignores must not stay ignored in the pager.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    sigaddset(&signals, SIGINT)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

    // Only less reads this variable; the shell's `:-` keeps what the user has set.
    let script = "LESS=${LESS-FRX}; export LESS; exec \(command)"
    var arguments: [UnsafeMutablePointer<CChar>?] = [
      strdup("sh"), strdup("-c"), strdup(script), nil,
    ]
    defer { for argument in arguments { free(argument) } }
    var child: pid_t = 0
    let result = posix_spawn(&child, "/bin/sh", &actions, &attributes, &arguments, environ)
    return result == 0 ? child : nil
  }
}
