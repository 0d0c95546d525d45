public import Glibc

extension EmbeddedCluster {
  /// What the cluster is doing.
  public struct Status: Hashable, Sendable {
    /// How far the cluster is from use.
    public enum Activity: String, Hashable, Sendable {
      /// It has not been made yet.
      case absent
      /// No server runs.
      case stopped
      /// A server comes up, perhaps recovering from a crash.
      case starting
      /// A server answers.
      case running
      /// A server goes down.
      case stopping
    }

    /// What the server does.
    public let activity: Activity

    /// The server's process, if there is one.
    public let processID: pid_t?

    /// The data directory's major version, if there is one.
    public let version: Int?
  }

  /// Looks, without waiting, starting or making anything.
  ///
  /// - Throws: `cannotUse` or `notDataDirectory`.
  public func status() throws(EmbeddedPostgresError) -> Status {
    guard let version = try dataVersion() else {
      return Status(activity: .absent, processID: nil, version: nil)
    }
    let activity: Status.Activity
    let processID: pid_t?
    switch try ServerState(dataDirectory: dataDirectory) {
    case .stopped, .crashed: (activity, processID) = (.stopped, nil)
    case .starting(let process): (activity, processID) = (.starting, process)
    case .running(let process): (activity, processID) = (.running, process)
    case .stopping(let process): (activity, processID) = (.stopping, process)
    }
    return Status(activity: activity, processID: processID, version: version)
  }

  /// Finds the server programs to use: the data directory's version, or for a new one the newest.
  ///
  /// - Throws: `notInstalled`, `otherVersion`, `notDataDirectory` or `cannotUse`.
  public func locate() async throws(EmbeddedPostgresError) -> Installation {
    try choose(from: await search().installations(runner: runner(in: "/")))
  }

  func choose(from installed: [Installation]) throws(EmbeddedPostgresError) -> Installation {
    let version = try dataVersion()
    if let match = installed.first(where: { version == nil || $0.version == version }) {
      return match
    }
    guard let version, !installed.isEmpty else { throw .notInstalled }
    throw .otherVersion(
      dataDirectory: dataDirectory, version: version, installed: installed.map(\.version))
  }

  func runner(in directory: String) -> ProgramRunner {
    ProgramRunner(account: serverAccount, directory: directory)
  }

  /// The data directory's major version; nothing if there is no such directory.
  func dataVersion() throws(EmbeddedPostgresError) -> Int? {
    guard try Files.status(dataDirectory) != nil else { return nil }
    guard let text = try Files.text(dataDirectory + "/PG_VERSION"),
      let version = InstallationSearch.majorVersion(in: text)
    else { throw .notDataDirectory(dataDirectory) }
    return version
  }
}
