public import Glibc

/// Why Dossier's own PostgreSQL cannot be used, and what to do about it.
public enum EmbeddedPostgresError: Error, Hashable, Sendable {
  /// No server programs of a version that Dossier can use were found.
  case notInstalled
  /// The data directory is another major version's than any that is installed.
  case otherVersion(dataDirectory: String, version: Int, installed: [Int])
  /// The data directory's version cannot be told, so it is not one, or is damaged.
  case notDataDirectory(String)
  /// The process runs as a user that has no name.
  case unknownAccount(userID: uid_t)
  /// The user's name is one that PostgreSQL, or Dossier, keeps for itself.
  case unusableName(String)
  /// Root has no account to run the server as.
  case noServerAccount
  /// The path is empty or has control characters.
  case unusableHome(String)
  /// A file or directory cannot be made, read or written.
  case cannotUse(path: String, reason: SystemError)
  /// A directory belongs to somebody else.
  case foreignDirectory(path: String, owner: String, expected: String)
  /// The server's account cannot reach a directory.
  case unreachable(path: String, account: String)
  /// One of PostgreSQL's programs failed; what it said, last lines first cut.
  case programFailed(program: String, message: String)
  /// The cluster could not be started; what the log says.
  case startFailed(message: String, logFile: String)
  /// The disk that holds a directory has no room; what a program of PostgreSQL's or its log says of it.
  case diskFull(path: String, message: String)
  /// The server runs, but its socket is gone, so nobody can reach it.
  case socketLost(String)
  /// The server works on its start or its stop for longer than anybody would wait.
  case stillBusy(logFile: String)
}

extension EmbeddedPostgresError: CustomStringConvertible {
  /// What, where and what to do, in one paragraph.
  public var description: String {
    switch self {
    case .notInstalled:
      """
      PostgreSQL's server programs (version 15 or later) were not found. Install them, on Debian and \
      Ubuntu with: apt-get install postgresql; or name a server in DATABASE_URL.
      """
    case .otherVersion(let directory, let version, let installed):
      """
      The data directory \(directory) belongs to PostgreSQL \(version), and installed here is \
      \(installed.map(String.init).joined(separator: ", ")). Install that version again, on Debian \
      and Ubuntu with: apt-get install postgresql-\(version); or set DOSSIER_HOME to a new directory \
      and restore a backup there.
      """
    case .notDataDirectory(let directory):
      """
      \(directory) is not a PostgreSQL data directory: its file PG_VERSION is missing or unreadable. \
      Restore it from a backup, or move it away to begin with an empty one.
      """
    case .unknownAccount(let userID):
      """
      The user with the number \(userID) has no name in /etc/passwd, and PostgreSQL knows people by \
      name. Add an entry for it, or name a server in DATABASE_URL.
      """
    case .unusableName(let name):
      """
      Dossier's own PostgreSQL cannot know you as "\(name)", a name it reserves. Use another user, \
      or name a server in DATABASE_URL.
      """
    case .noServerAccount:
      """
      PostgreSQL refuses to run as root, and there is no user "postgres" to run it as. Install the \
      server, on Debian and Ubuntu with: apt-get install postgresql; or run Dossier as another user.
      """
    case .unusableHome(let path):
      """
      The directory for Dossier's data, "\(escaped(path))", is empty or has control characters in \
      its name. Set DOSSIER_HOME to another one.
      """
    case .cannotUse(let path, let reason):
      """
      \(path) cannot be used: \(reason). Mend that, or set DOSSIER_HOME to a directory you can \
      write to.
      """
    case .foreignDirectory(let path, let owner, let expected):
      """
      \(path) belongs to the user \(owner), not to \(expected). Run Dossier as the user it belongs \
      to, or remove it, or set DOSSIER_HOME to another directory.
      """
    case .unreachable(let path, let account):
      """
      The user "\(account)", who runs the server for root, cannot enter \(path). Open the \
      directories above it to that user (chmod o+x), or set DOSSIER_HOME to a directory elsewhere, \
      such as /var/lib/dossier.
      """
    case .programFailed(let program, let message):
      """
      PostgreSQL's \(program) failed: \(message) Nothing was kept of the attempt; mend the cause \
      and try again.
      """
    case .startFailed(let message, let logFile):
      "Dossier's own PostgreSQL did not start: \(message) The log is in \(logFile)."
    case .diskFull(let path, let message):
      """
      The disk that holds \(path) is full. \(message) Make room there and try again; nothing that was \
      recorded is lost.
      """
    case .socketLost(let directory):
      """
      Dossier's own PostgreSQL runs, but its socket in \(directory) is gone or hidden from this \
      process, perhaps by something that cleans up /tmp. Stop the server with: dossier db stop; the \
      next command starts it again.
      """
    case .stillBusy(let logFile):
      """
      Dossier's own PostgreSQL is still starting or stopping, perhaps to recover from a crash. Wait a \
      while and try again; what it does is in \(logFile).
      """
    }
  }

  private func escaped(_ text: String) -> String {
    text.unicodeScalars.map { $0.escaped(asASCII: false) }.joined()
  }
}
