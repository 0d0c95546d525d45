import Glibc
import Testing

@testable import EmbeddedPostgres

@Suite("The first use of the embedded PostgreSQL")
struct FirstUseTests {
  @Test("makes a cluster in which the person is themselves and no superuser")
  func person() async throws {
    try await withCluster { cluster in
      var steps: [EmbeddedCluster.Progress] = []
      try await cluster.start { steps.append($0) }

      #expect(steps == [.creating, .starting])
      #expect(
        try await cluster.ask(
          "SELECT session_user, rolsuper, current_database() FROM pg_roles WHERE rolname = session_user",
          cluster.userParameters) == "\(cluster.person.name)|f|dossier")
      #expect(
        try await cluster.ask(
          "SELECT rolsuper FROM pg_roles WHERE rolname = session_user",
          cluster.superuserParameters) == "t")
    }
  }

  @Test("makes it durable, in UTF-8, with checksums, and without a network")
  func settings() async throws {
    try await withCluster { cluster in
      try await cluster.start()
      func setting(_ name: String) async throws -> String {
        try await cluster.ask("SHOW \(name)", cluster.userParameters)
      }
      #expect(try await setting("data_checksums") == "on")
      #expect(try await setting("server_encoding") == "UTF8")
      #expect(try await setting("fsync") == "on")
      #expect(try await setting("full_page_writes") == "on")
      #expect(try await setting("listen_addresses") == "")
      #expect(try await setting("jit") == "off")
      #expect(try await setting("max_connections") == "40")
      #expect(
        try await cluster.ask(
          "SELECT 'é' < 'z', 'Z' < 'a', upper('é')", cluster.userParameters) == "f|t|É")
    }
  }

  @Test(
    "works in a home of any name and length",
    arguments: [
      "a home with spaces",
      "it's \"quoted\" $(touch oops) `touch oops` \\ %d; & étude, comma",
      [String](repeating: "a-directory-with-a-very-long-name-indeed", count: 8)
        .joined(separator: "/"),
    ])
  func anyHome(name: String) async throws {
    try await withCluster(named: name) { cluster in
      try await cluster.start()
      #expect(try await cluster.ask("SELECT 1", cluster.userParameters) == "1")
      #expect(try Files.status(cluster.clusterDirectory + "/oops") == nil)
    }
  }

  @Test("happens once, however many begin it at the same moment")
  func together() async throws {
    try await withCluster { cluster in
      let made = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<8 {
          group.addTask {
            var made = 0
            try await cluster.start { if $0 == .creating { made += 1 } }
            return made
          }
        }
        return try await group.reduce(0, +)
      }
      #expect(made == 1)
      #expect(try await cluster.ask("SELECT 1", cluster.userParameters) == "1")
    }
  }

  @Test("begins anew where an earlier one was killed")
  func killedBefore() async throws {
    try await withCluster { cluster in
      try await withDirectory { programs in
        // Given an initdb that is killed when it has written something, and left no word.
        try await writeProgram(
          programs + "/initdb",
          """
          #!/bin/sh
          for argument; do case $argument in --pgdata=*) mkdir "${argument#*=}" ;; esac; done
          kill -9 $$
          """)
        try await writeProgram(programs + "/pg_ctl", "#!/bin/sh\n")
        try await writeProgram(
          programs + "/postgres", "#!/bin/sh\necho 'postgres (PostgreSQL) 15.99'\n")
        var broken = cluster
        broken.search = { InstallationSearch(directories: [programs], searchPath: []) }

        // When it is used
        let error = await refusal { () async throws(EmbeddedPostgresError) in
          try await broken.start()
        }

        // Then nothing is there, as before
        guard case .programFailed("initdb", _) = error else {
          Issue.record("not refused as expected: \(error as Any)")
          return
        }
        #expect(Files.names(in: cluster.clusterDirectory) == [])
      }

      // And given what a killed Dossier leaves behind
      mkdir(cluster.clusterDirectory + "/data.unfinished-1", 0o700)
      lchown(
        cluster.clusterDirectory + "/data.unfinished-1", cluster.serverAccount.userID,
        cluster.serverAccount.groupID)

      // When it is used again, then it works, and the remains are gone
      try await cluster.start()
      #expect(try await cluster.ask("SELECT 1", cluster.userParameters) == "1")
      #expect(Files.names(in: cluster.clusterDirectory) == ["data", "server.log"])
    }
  }

  @Test("says what to install when there is no server, and leaves nothing behind")
  func notInstalled() async throws {
    try await withDirectory { directory in
      var cluster = try EmbeddedCluster(home: directory + "/home")
      cluster.search = { InstallationSearch(directories: ["/nowhere"], searchPath: []) }
      let error = await refusal { () async throws(EmbeddedPostgresError) in
        try await cluster.start()
      }
      #expect(error == .notInstalled)
      #expect("\(EmbeddedPostgresError.notInstalled)".contains("apt-get install postgresql"))
      #expect(Files.names(in: directory) == [])
    }
  }

  @Test("says why when there is a server that cannot be run")
  func cannotRun() async throws {
    try await withDirectory { directory in
      for name in ["initdb", "pg_ctl", "postgres"] {
        try await writeProgram(
          "\(directory)/\(name)", "#!/bin/sh\necho 'no library' >&2; exit 127\n")
      }
      var cluster = try EmbeddedCluster(home: directory + "/home")
      cluster.search = { InstallationSearch(directories: [directory], searchPath: []) }
      let error = await refusal { () async throws(EmbeddedPostgresError) in
        try await cluster.start()
      }
      #expect(error == .programFailed(program: "postgres --version", message: "no library."))
    }
  }

  @Test("fails on a full disk with PostgreSQL's reason, and leaves nothing half made")
  func fullDisk() async throws {
    await #expect(processExitsWith: .success) {
      try await withCluster { cluster in
        // PostgreSQL takes a file size limit for a full disk.
        var limit = rlimit(rlim_cur: 1 << 20, rlim_max: 1 << 20)
        try #require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
        let error = await refusal { () async throws(EmbeddedPostgresError) in
          try await cluster.start()
        }
        guard case .programFailed("initdb", let message) = error else {
          Issue.record("not refused as expected: \(error as Any)")
          return
        }
        #expect(message.contains("File too large"))
        #expect(Files.names(in: cluster.clusterDirectory) == [])
      }
    }
  }

  @Test("does not let PostgreSQL's variables in the environment decide")
  func environment() async throws {
    await #expect(processExitsWith: .success) {
      for (name, value) in [
        "PGDATA": "/nowhere", "PGHOST": "nowhere.invalid", "PGPORT": "1", "PGUSER": "nobody",
        "PGDATABASE": "nothing", "PGOPTIONS": "-c nonsense=1", "LC_ALL": "xx_XX", "TZ": "Mars",
      ] {
        setenv(name, value, 1)
      }
      try await withCluster { cluster in
        try await cluster.start()
        #expect(try await cluster.ask("SHOW timezone", cluster.userParameters) == "UTC")
      }
    }
  }

  @Test("needs neither root nor the standard streams", .enabled(if: geteuid() == 0))
  func ordinaryUser() async throws {
    await #expect(processExitsWith: .success) {
      try become("nobody")
      for descriptor: Int32 in 0...2 { close(descriptor) }
      try await withDirectory { directory in
        let cluster = try EmbeddedCluster(environment: ["HOME": directory])
        #expect(cluster.home == directory + "/.local/share/dossier")
        try await cluster.start()
        #expect(try await cluster.ask("SELECT session_user", cluster.userParameters) == "nobody")
        #expect(try await cluster.stop())
      }
    }
  }

  @Test("is refused, with a remedy, where the person may not write", .enabled(if: geteuid() == 0))
  func readOnly() async throws {
    await #expect(processExitsWith: .success) {
      try become("nobody")
      let cluster = try EmbeddedCluster(home: "/usr/dossier")
      let error = await refusal { () async throws(EmbeddedPostgresError) in
        try await cluster.start()
      }
      #expect(error == .cannotUse(path: "/usr/dossier", reason: SystemError(EACCES)))
    }
  }

  @Test(
    "is refused where the server's account cannot go, saying where", .enabled(if: geteuid() == 0))
  func unreachable() async throws {
    try await withDirectory { directory in
      chmod(directory, 0o700)
      let cluster = try EmbeddedCluster(home: directory + "/home")
      let error = await refusal { () async throws(EmbeddedPostgresError) in
        try await cluster.start()
      }
      #expect(error == .unreachable(path: cluster.clusterDirectory, account: "postgres"))
    }
  }
}
