import Glibc

extension EmbeddedCluster {
  /// What takes a while, for whoever waits.
  public enum Progress: Hashable, Sendable {
    /// The cluster is made, once, in ``EmbeddedCluster/home``.
    case creating
    /// The server is started.
    case starting
  }

  /// Makes the cluster if there is none and starts it if it does not run; returns when it answers.
  ///
  /// The server is a session of its own with none of this process's files, so that neither the end
  /// of a terminal nor a waiting pipe is bound to it. Any number of processes may call this at once.
  ///
  /// - Parameter onProgress: is told what is about to be done; not called when the server runs.
  /// - Throws: `EmbeddedPostgresError`, always with a remedy.
  public func start(
    onProgress: (Progress) -> Void = { _ in }
  ) async throws(EmbeddedPostgresError) {
    if try dataVersion() != nil, try isReachable() { return }
    let installed = try await search().installations(runner: runner(in: "/"))
    _ = try choose(from: installed)
    try Files.makeDirectories(home, mode: person.isRoot ? 0o755 : 0o700)
    try await FileLock.holding(lockFile) { () async throws(EmbeddedPostgresError) in
      // Whoever held the lock before may have made the cluster.
      let installation = try choose(from: installed)
      try await prepareClusterDirectory()
      if try dataVersion() == nil {
        onProgress(.creating)
        try await create(with: installation)
      }
      try await launch(with: installation, onProgress)
    }
  }

  private func prepareClusterDirectory() async throws(EmbeddedPostgresError) {
    try Files.makePrivateDirectory(clusterDirectory, for: serverAccount)
    guard serverAccount.userID != person.userID else { return }
    let outcome = try await runner(in: "/").run("/usr/bin/test", ["-x", clusterDirectory])
    guard outcome.succeeded else {
      throw .unreachable(path: clusterDirectory, account: serverAccount.name)
    }
  }

  /// - Throws: `socketLost` for a server that nobody can reach any more.
  private func isReachable() throws(EmbeddedPostgresError) -> Bool {
    guard case .running = try ServerState(dataDirectory: dataDirectory) else { return false }
    guard try Files.status(socket) != nil else {
      throw .socketLost(socketDirectory)
    }
    return true
  }

  private func launch(
    with installation: Installation, _ onProgress: (Progress) -> Void
  ) async throws(EmbeddedPostgresError) {
    let deadline = ContinuousClock.now + .seconds(120)
    var announced = false
    while ContinuousClock.now < deadline {
      if try isReachable() { return }
      if !announced { onProgress(.starting) }
      announced = true
      switch try ServerState(dataDirectory: dataDirectory) {
      case .running: continue
      case .starting, .stopping: break
      case .crashed(let process):
        // PostgreSQL starts over its own old file, except when somebody else has the number by now.
        // Orphans of the old server are no danger: it finds them by their shared memory.
        if process == 0 || kill(process, 0) == 0 { unlink(dataDirectory + "/postmaster.pid") }
        fallthrough
      case .stopped:
        if try await startServer(with: installation) { continue }
      }
      do {
        try await Task.sleep(for: .milliseconds(20))
      } catch {
        break
      }
    }
    throw .stillBusy(logFile: logFile)
  }

  /// Returns false if it should be tried again.
  private func startServer(
    with installation: Installation
  ) async throws(EmbeddedPostgresError) -> Bool {
    try Files.makePrivateDirectory(socketDirectory, for: serverAccount)
    // What a killed server left there is in the way if another process has its number by now.
    removeSocket()
    let logged = try rotateLog()
    let outcome = try await runner(in: clusterDirectory).run(
      installation.program("pg_ctl"),
      [
        "start", "--wait", "--silent", "--timeout=60", "--pgdata=data", "--log=server.log",
        "-o", ServerSettings.fixed(socketDirectory: socketDirectory),
      ])
    if outcome.succeeded { return true }
    // It may be that it only takes long, as after a crash.
    if case .starting = try ServerState(dataDirectory: dataDirectory) { return false }
    let log = try Files.text(logFile, from: logged) ?? ""
    // Processes of a server that was killed are gone in a moment.
    if log.contains("pre-existing shared memory block") { return false }
    let said = log.isEmpty ? outcome.output : log
    // Where there is no room, the log cannot say so either.
    if Files.tellsOfFullDisk(said) || Files.isFull(clusterDirectory) {
      throw .diskFull(path: clusterDirectory, message: complaint(in: said))
    }
    throw .startFailed(message: complaint(in: said), logFile: logFile)
  }

  /// Keeps one old log when the present one is long; nobody has it open while no server runs.
  ///
  /// - Returns: the present log's length in bytes.
  private func rotateLog() throws(EmbeddedPostgresError) -> Int {
    guard let length = try Files.status(logFile)?.st_size else { return 0 }
    guard length > 10 << 20 else { return length }
    try Files.rename("server.log", to: "server.log.old", in: clusterDirectory)
    return 0
  }
}
