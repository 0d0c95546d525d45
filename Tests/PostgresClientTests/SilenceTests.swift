import PostgresClient
import TestSupport
import Testing

@Suite("When the server says nothing any more")
struct SilenceTests {
  /// A configuration that is patient for no longer than a test can be.
  private static func impatient(_ configuration: PostgresConfiguration) -> PostgresConfiguration {
    var configuration = configuration
    configuration.connectTimeout = .milliseconds(300)
    configuration.silenceLimit = .milliseconds(30)
    return configuration
  }

  @Test("connecting ends in time, and goes on to the next host")
  func connecting() async throws {
    try await withTestDatabase { server in
      let proxy = try FaultProxy(to: server)
      defer { proxy.close() }
      proxy.fallSilent()
      var configuration = Self.impatient(proxy.configuration)
      let error = await #expect(throws: PostgresError.self) {
        try await PostgresConnection.connect(configuration)
      }
      #expect(error?.kind == .connectionFailed)
      #expect(error?.message.hasSuffix("it did not answer in time.") == true)

      configuration.host = "\(proxy.configuration.host ?? ""),\(server.host ?? "")"
      configuration.connectTimeout = .seconds(2)
      let connection = try await PostgresConnection.connect(configuration)
      #expect(try await connection.query("SELECT 1")[0].decode(Int32.self, at: 0) == 1)
      await connection.close()
    }
  }

  @Test(
    "a statement that commits is given up, and its outcome is unknown",
    arguments: [FaultProxy.Moment.beforeServerSees, .afterServerAnswered])
  func statement(_ moment: FaultProxy.Moment) async throws {
    try await withTestDatabase { server in
      let direct = try await PostgresConnection.connect(server)
      try await direct.query("CREATE TABLE t (n int8)")
      let proxy = try FaultProxy(to: server)
      defer { proxy.close() }
      let connection = try await PostgresConnection.connect(Self.impatient(proxy.configuration))
      proxy.fallSilent(moment, whenClientSends: "INSERT")

      let error = await #expect(throws: PostgresError.self) {
        try await connection.query("INSERT INTO t VALUES (1)")
      }

      #expect(error?.kind == .outcomeUnknown)
      #expect(error?.message.contains("takes no new connection") == true)
      #expect(await !connection.isOpen)
      let rows = try await direct.query("SELECT FROM t").count
      #expect(rows == (moment == .beforeServerSees ? 0 : 1))
      await direct.close()
    }
  }

  @Test("what commits nothing is only lost: rows, a COPY, a step of a transaction")
  func reading() async throws {
    try await withTestDatabase { server in
      for isCopy in [false, true] {
        let proxy = try FaultProxy(to: server)
        defer { proxy.close() }
        let connection = try await PostgresConnection.connect(Self.impatient(proxy.configuration))
        proxy.fallSilent(.beforeServerSees, whenClientSends: "'now'")
        let error = await #expect(throws: PostgresError.self) {
          try await connection.transaction { connection in
            if isCopy {
              for try await _ in try connection.copyOut("COPY (SELECT 'now') TO STDOUT") {}
            } else {
              try await connection.query("SELECT 'now'")
            }
          }
        }
        #expect(error?.kind == .connectionLost, "COPY: \(isCopy)")
      }
    }
  }

  @Test("one that is at work, and still lets people in, is waited for")
  func working() async throws {
    try await withTestDatabase { server in
      let direct = try await PostgresConnection.connect(server)
      try await direct.query("CREATE TABLE t (n int8)")
      let connection = try await PostgresConnection.connect(Self.impatient(server))
      func sessions() async throws -> Int64 {
        try await direct.query(
          "SELECT sessions FROM pg_stat_database WHERE datname = current_database()")[0]
          .decode(Int64.self, at: 0)
      }
      let holder = try await PostgresConnection.connect(server)
      let waiting = try await holder.transaction { holder in
        try await holder.query("LOCK TABLE t")
        let waiting = Task { try await connection.query("INSERT INTO t VALUES (1)") }
        // It has looked several times whether the server lives.
        let before = try await sessions()
        while try await sessions() < before + 3 { await Task.yield() }
        return waiting
      }
      _ = try await waiting.value
      #expect(try await direct.query("SELECT FROM t").count == 1)
      for connection in [direct, holder, connection] { await connection.close() }
    }
  }
}
