import Glibc

/// `postmaster.pid`, in which a server says who it is: its process, and on the eighth line how far
/// it has come.
struct PostmasterFile: Hashable {
  let processID: pid_t
  let status: String

  init?(text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.first, let number = pid_t(first), number != 0 else { return nil }
    // A standalone backend, as in making the cluster, writes its number negated.
    processID = abs(number)
    status = lines.count > 7 ? String(lines[7].prefix { $0 != " " }) : ""
  }
}

/// What a server in a data directory is doing.
enum ServerState: Hashable {
  case stopped
  /// It left its file behind when it or the machine went down.
  case crashed(pid_t)
  case starting(pid_t)
  case running(pid_t)
  case stopping(pid_t)

  /// Reads it from the data directory; costs four system calls and starts nothing.
  init(dataDirectory: String) throws(EmbeddedPostgresError) {
    guard let text = try Files.text(dataDirectory + "/postmaster.pid") else {
      self = .stopped
      return
    }
    // Empty for the moment between its making and its filling, and for ever on a full disk.
    guard let file = PostmasterFile(text: text) else {
      self = .crashed(0)
      return
    }
    guard Self.works(file.processID, in: dataDirectory) else {
      self = .crashed(file.processID)
      return
    }
    switch file.status {
    case "ready": self = .running(file.processID)
    case "stopping": self = .stopping(file.processID)
    default: self = .starting(file.processID)
    }
  }

  /// Whether the process is a server of this data directory, which is where it then works.
  ///
  /// That a process of this number exists says nothing: after a reboot another one may have it, and
  /// one that nobody has waited for has it still.
  private static func works(_ process: pid_t, in dataDirectory: String) -> Bool {
    var theirs = stat()
    var ours = stat()
    return stat("/proc/\(process)/cwd", &theirs) == 0 && stat(dataDirectory, &ours) == 0
      && theirs.st_dev == ours.st_dev && theirs.st_ino == ours.st_ino
  }
}
