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
      let wasRunning = try await stopServer(mode)
      // Nothing of a stopped server remains in /tmp; but what is somebody else's stays.
      if let status = try Files.status(socketDirectory), Files.isDirectory(status),
        status.st_uid == serverAccount.userID
      {
        removeSocket()
        rmdir(socketDirectory)
      }
      return wasRunning
    }
  }

  private func stopServer(_ mode: StopMode) async throws(EmbeddedPostgresError) -> Bool {
    guard try hasServer() else { return false }
    let outcome = try await runner(in: clusterDirectory).run(
      try await locate().program("pg_ctl"),
      ["stop", "--wait", "--silent", "--timeout=60", "--mode=\(mode.rawValue)", "--pgdata=data"])
    let isStillThere = try hasServer()
    if !outcome.succeeded, isStillThere { throw .stillBusy(logFile: logFile) }
    return true
  }

  private func hasServer() throws(EmbeddedPostgresError) -> Bool {
    switch try ServerState(dataDirectory: dataDirectory) {
    case .stopped, .crashed: false
    case .starting, .running, .stopping: true
    }
  }

  /// Removes what a killed server left of its socket. No server of this cluster may run.
  func removeSocket() {
    unlink(socket + ".lock")
    unlink(socket)
  }
}
