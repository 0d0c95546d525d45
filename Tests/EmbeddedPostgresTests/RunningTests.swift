import Glibc
import Testing

@testable import EmbeddedPostgres

@Suite("The embedded PostgreSQL, once made")
struct RunningTests {
  @Test("is stopped and started again with everything in it")
  func restart() async throws {
    try await withCluster { cluster in
      #expect(try cluster.status().activity == .absent)
      try await cluster.start()
      let first = try cluster.serverProcess()
      _ = try await cluster.ask("CREATE TABLE kept AS SELECT 7 AS n", cluster.superuserParameters)

      // Starting what runs does nothing at all.
      try await cluster.start { Issue.record("\($0) although it runs") }
      #expect(try cluster.serverProcess() == first)

      #expect(try await cluster.stop(.smart))
      #expect(try cluster.status().activity == .stopped)
      #expect(try Files.status(cluster.socketDirectory) == nil)
      #expect(try await cluster.stop() == false)

      var steps: [EmbeddedCluster.Progress] = []
      try await cluster.start { steps.append($0) }
      #expect(steps == [.starting])
      #expect(try await cluster.ask("TABLE kept", cluster.superuserParameters) == "7")
      #expect(try cluster.status().activity == .running)
    }
  }

  @Test("recovers when its server was killed, whoever has its number since")
  func killed() async throws {
    try await withCluster { cluster in
      try await cluster.start()
      _ = try await cluster.ask("CREATE TABLE kept AS SELECT 7 AS n", cluster.superuserParameters)

      // Given a server killed on the spot
      let process = try cluster.serverProcess()
      #expect(kill(process, SIGKILL) == 0)
      try await ended(process)
      #expect(try cluster.status().activity == .stopped)

      // When it is started again, then nothing acknowledged is lost
      try await cluster.start()
      #expect(try await cluster.ask("TABLE kept", cluster.superuserParameters) == "7")

      // Given a machine that went down, and another program that has the server's number now
      try await cluster.stop(.immediate)
      try await writeProgram(
        cluster.dataDirectory + "/postmaster.pid",
        "\(getpid())\n\(cluster.dataDirectory)\n1\n5432\n/tmp\n\n1 1\nready   \n")
      #expect(try cluster.status().activity == .stopped)
      #expect(try await cluster.stop() == false)

      // Then that program is left alone, and the server starts
      try await cluster.start()
      #expect(try await cluster.ask("TABLE kept", cluster.superuserParameters) == "7")
    }
  }

  @Test("runs detached: a session of its own, and nothing of its starter's open")
  func detached() async throws {
    try await withCluster { cluster in
      var pipes: [Int32] = [-1, -1]
      #expect(pipe(&pipes) == 0)
      defer { for descriptor in pipes { close(descriptor) } }
      try await cluster.start()

      let process = try cluster.serverProcess()
      #expect(getsid(process) == process)
      let open = Files.names(in: "/proc/\(process)/fd").compactMap {
        target("/proc/\(process)/fd/\($0)")
      }
      #expect(target("/proc/\(process)/fd/0") == "/dev/null")
      #expect(target("/proc/\(process)/fd/1") == cluster.logFile)
      #expect(target("/proc/\(process)/fd/2") == cluster.logFile)
      #expect(!open.contains(cluster.lockFile))
      for descriptor in pipes {
        let ours = try #require(target("/proc/self/fd/\(descriptor)"))
        #expect(!open.contains(ours))
      }
    }
  }

  @Test("of another major version is refused with what to install")
  func otherVersion() async throws {
    try await withCluster { cluster in
      try Files.makeDirectories(cluster.dataDirectory, mode: 0o700)
      try await writeProgram(cluster.dataDirectory + "/PG_VERSION", "12\n")
      let error = await refusal { () async throws(EmbeddedPostgresError) in
        try await cluster.start()
      }
      guard case .otherVersion(cluster.dataDirectory, 12, _) = error else {
        Issue.record("not refused as expected: \(error as Any)")
        return
      }
      #expect("\(error as Any)".contains("apt-get install postgresql-12"))
      try await writeProgram(cluster.dataDirectory + "/PG_VERSION", "")
      #expect(throws: EmbeddedPostgresError.notDataDirectory(cluster.dataDirectory)) {
        try cluster.status()
      }
      _ = try await ProgramRunner(account: cluster.person, directory: "/").run(
        "/bin/rm", ["-r", cluster.dataDirectory])
    }
  }

  @Test("that does not start says why")
  func broken() async throws {
    try await withCluster { cluster in
      try await cluster.start()
      try await cluster.stop()
      try await append("shared_buffers = nonsense\n", to: "postgresql.conf", of: cluster)
      let error = await refusal { () async throws(EmbeddedPostgresError) in
        try await cluster.start()
      }
      guard case .startFailed(let message, cluster.logFile) = error else {
        Issue.record("not refused as expected: \(error as Any)")
        return
      }
      #expect(message.contains("shared_buffers"))
      #expect(try await cluster.stop() == false)
      #expect(try Files.status(cluster.socketDirectory) == nil)
    }
  }

  @Test("whose socket was cleaned away says how to get it back")
  func socketLost() async throws {
    try await withCluster { cluster in
      try await cluster.start()
      #expect(unlink(cluster.socket) == 0)
      let error = await refusal { () async throws(EmbeddedPostgresError) in
        try await cluster.start()
      }
      #expect(error == .socketLost(cluster.socketDirectory))
      try await cluster.stop()
      try await cluster.start()
      #expect(try await cluster.ask("SELECT 1", cluster.userParameters) == "1")
    }
  }

  @Test(
    "does not use a socket directory that is somebody else's", .enabled(if: geteuid() == 0))
  func foreignSocketDirectory() async throws {
    try await withCluster { cluster in
      let nobody = try #require(Account.named("nobody"))
      try Files.makePrivateDirectory(cluster.socketDirectory, for: nobody)
      let error = await refusal { () async throws(EmbeddedPostgresError) in
        try await cluster.start()
      }
      #expect(
        error
          == .foreignDirectory(
            path: cluster.socketDirectory, owner: "nobody", expected: cluster.serverAccount.name))
      rmdir(cluster.socketDirectory)
    }
  }

  @Test("lets in nobody but its person", .enabled(if: geteuid() == 0))
  func strangers() async throws {
    try await withCluster { cluster in
      try await cluster.start()
      // Even past the directory's mode, the kernel's word on who is there decides.
      chmod(cluster.socketDirectory, 0o755)
      chmod(cluster.socket, 0o777)
      let nobody = try #require(Account.named("nobody"))
      for user in ["root", "postgres", EmbeddedCluster.superuser] {
        let outcome = try await ProgramRunner(account: nobody, directory: "/").run(
          try await cluster.locate().program("psql"),
          ["--command=SELECT 1", "host=\(cluster.socketDirectory) user=\(user) dbname=dossier"])
        #expect(!outcome.succeeded)
        #expect(outcome.output.contains("Peer authentication failed"))
      }
    }
  }

  /// Waits until a process has ended, which is when its working directory is gone.
  private func ended(_ process: pid_t) async throws {
    while target("/proc/\(process)/cwd") != nil { await Task.yield() }
  }

  private func append(_ text: String, to file: String, of cluster: EmbeddedCluster) async throws {
    _ = try await cluster.runner(in: cluster.dataDirectory).run(
      "/usr/bin/tee", ["-a", file], input: text)
  }

  /// Where a symbolic link leads.
  private func target(_ link: String) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { buffer in
      guard let start = buffer.baseAddress else { return nil }
      let length = readlink(link, start, buffer.count)
      guard length > 0 else { return nil }
      return String(decoding: buffer.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
  }
}
