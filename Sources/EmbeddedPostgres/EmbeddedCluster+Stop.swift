import Glibc

extension EmbeddedCluster {
  /// How the server deals with those who are connected.
  public enum StopMode: String, CaseIterable, Hashable, Sendable {
    /// It waits for them to leave.
    case smart
    /// It sends them away, rolls back what they were doing, and writes everything down.
    case fast
    /// It goes down as in a power cut, and recovers at the next start.
    case immediate
  }

  /// Stops the server and waits until it is gone.
  ///
  /// - Returns: whether there was one to stop.
  /// - Throws: `stillBusy` if it takes longer than a minute, as `smart` may.
  @discardableResult
  public func stop(_ mode: StopMode = .fast) async throws(EmbeddedPostgresError) -> Bool {
    guard try dataVersion() != nil else { return false }
    return try await FileLock.holding(lockFile) { () async throws(EmbeddedPostgresError) in
      switch try ServerState(dataDirectory: dataDirectory) {
      case .stopped, .crashed: return false
      case .starting, .running, .stopping: break
      }
      let outcome = try await runner(in: clusterDirectory).run(
        try await locate().program("pg_ctl"),
        [
          "stop", "--wait", "--silent", "--timeout=60", "--mode=\(mode.rawValue)",
          "--pgdata=data",
        ])
      switch try ServerState(dataDirectory: dataDirectory) {
      case .stopped, .crashed: break
      case .starting, .running, .stopping:
        guard outcome.succeeded else { throw .stillBusy(logFile: logFile) }
      }
      // Nothing of a stopped server remains in /tmp; if somebody put a file there, it stays.
      rmdir(socketDirectory)
      return true
    }
  }
}
