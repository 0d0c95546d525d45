import PostgresClient
import TestSupport
import Testing

@Suite("When the connection breaks")
struct FaultTests {
  @Test("before COMMIT reached the server, the outcome is unknown and nothing was kept")
  func breaksBeforeCommit() async throws {
    try await withTestDatabase { configuration in
      let (error, rows) = try await insert(configuration, cutting: .beforeServerSees)
      #expect(error?.isOutcomeUnknown == true)
      #expect(rows == 0)
    }
  }

  @Test("after COMMIT was done but before its answer, the outcome is unknown and all was kept")
  func breaksAfterCommit() async throws {
    try await withTestDatabase { configuration in
      let (error, rows) = try await insert(configuration, cutting: .afterServerAnswered)
      #expect(error?.isOutcomeUnknown == true)
      #expect(rows == 1)
    }
  }

  /// Inserts one row in a transaction whose COMMIT loses its connection.
  private func insert(
    _ configuration: PostgresConfiguration, cutting moment: FaultProxy.Moment
  ) async throws -> (PostgresTransactionError?, rows: Int) {
    let direct = try await PostgresConnection.connect(configuration)
    try await direct.query("CREATE TABLE t (n int8)")
    let proxy = try FaultProxy(to: configuration)
    let connection = try await PostgresConnection.connect(proxy.configuration)
    // With the NUL that ends it: BEGIN … READ COMMITTED is not meant.
    proxy.cut(moment, whenClientSends: "COMMIT\u{0}")
    let error = await #expect(throws: PostgresTransactionError.self) {
      try await connection.transaction { connection in
        try await connection.query("INSERT INTO t VALUES (1)")
      }
    }
    #expect(await !connection.isOpen)
    proxy.close()
    let rows = try await direct.query("SELECT * FROM t").count
    await direct.close()
    return (error, rows)
  }

  @Test("during a statement of its own, the outcome is unknown")
  func breaksDuringStatement() async throws {
    try await withTestDatabase { configuration in
      let direct = try await PostgresConnection.connect(configuration)
      try await direct.query("CREATE TABLE t (n int8)")
      let proxy = try FaultProxy(to: configuration)
      let connection = try await PostgresConnection.connect(proxy.configuration)
      proxy.cut(.afterServerAnswered, whenClientSends: "INSERT")
      let error = await #expect(throws: PostgresError.self) {
        try await connection.query("INSERT INTO t VALUES (1)")
      }
      #expect(error?.kind == .outcomeUnknown)
      #expect(try await direct.query("SELECT * FROM t").count == 1)
      let next = await #expect(throws: PostgresError.self) {
        try await connection.query("SELECT 1")
      }
      #expect(next?.kind == .connectionLost)
      proxy.close()
      await direct.close()
    }
  }

  @Test("inside a transaction, nothing was kept and the body's error says so")
  func breaksInsideTransaction() async throws {
    try await withTestDatabase { configuration in
      let direct = try await PostgresConnection.connect(configuration)
      try await direct.query("CREATE TABLE t (n int8)")
      let connection = try await PostgresConnection.connect(configuration)
      let process = await connection.serverProcessID
      let error = await #expect(throws: PostgresError.self) {
        try await connection.transaction { connection in
          try await connection.query("INSERT INTO t VALUES (1)")
          try await direct.query("SELECT pg_terminate_backend(\(process), 5000)")
          try await connection.query("INSERT INTO t VALUES (2)")
        }
      }
      #expect(error?.kind == .connectionLost)
      #expect(try await direct.query("SELECT * FROM t").isEmpty)
      await direct.close()
    }
  }

  @Test("because the session was ended during a statement, its SQLSTATE is kept")
  func isTerminated() async throws {
    try await withTestDatabase { configuration in
      let direct = try await PostgresConnection.connect(configuration)
      let connection = try await PostgresConnection.connect(configuration)
      let process = await connection.serverProcessID
      let task = Task { try await connection.query("SELECT pg_sleep(3600)") }
      while try await direct.query(
        "SELECT 1 FROM pg_stat_activity WHERE pid = \(process) AND wait_event = 'PgSleep'"
      ).isEmpty {
        await Task.yield()
      }
      try await direct.query("SELECT pg_terminate_backend(\(process))")
      let result = await task.result
      let error = #expect(throws: PostgresError.self) { try result.get() }
      #expect(error?.kind == .outcomeUnknown)
      #expect(error?.sqlState == .adminShutdown)
      #expect(await !connection.isOpen)
      await direct.close()
    }
  }

  @Test("while the session was idle, the next statement says that nothing was sent")
  func isTerminatedWhileIdle() async throws {
    try await withTestDatabase { configuration in
      let direct = try await PostgresConnection.connect(configuration)
      let connection = try await PostgresConnection.connect(configuration)
      let process = await connection.serverProcessID
      try await direct.query("SELECT pg_terminate_backend(\(process), 5000)")
      let error = await #expect(throws: PostgresError.self) {
        try await connection.query("SELECT 1")
      }
      #expect(error?.kind == .connectionLost)
      await direct.close()
    }
  }

  @Test("in the middle of a stream, reading throws")
  func breaksStream() async throws {
    try await withTestDatabase { configuration in
      let direct = try await PostgresConnection.connect(configuration)
      let connection = try await PostgresConnection.connect(configuration)
      let process = await connection.serverProcessID
      var rows = connection.stream("SELECT generate_series(1, 100000000000)").makeAsyncIterator()
      _ = try await rows.next()
      try await direct.query("SELECT pg_terminate_backend(\(process), 5000)")
      let error = await #expect(throws: PostgresError.self) {
        while try await rows.next() != nil {}
      }
      #expect(error?.isConnectionFailure == true)
      await direct.close()
    }
  }

  @Test("in the middle of a COPY, nothing was kept")
  func breaksCopy() async throws {
    try await withTestDatabase { configuration in
      let direct = try await PostgresConnection.connect(configuration)
      try await direct.query("CREATE TABLE t (n int8)")
      let connection = try await PostgresConnection.connect(configuration)
      let process = await connection.serverProcessID
      let error = await #expect(throws: PostgresError.self) {
        try await connection.copyIn("COPY t FROM STDIN") { writer in
          try await writer.write("1\n")
          try await direct.query("SELECT pg_terminate_backend(\(process), 5000)")
          for _ in 1...100_000 { try await writer.write("2\n") }
        }
      }
      #expect(error?.isConnectionFailure == true)
      #expect(try await direct.query("SELECT * FROM t").isEmpty)
      await direct.close()
    }
  }
}

@Suite("When the server goes away")
struct ServerFaultTests {
  @Test("stopped at once, killed and restarted, a pool and a subscription carry on")
  func survivesRestarts() async throws {
    try await withPrivateServer { server in
      let pool = PostgresPool(server.configuration, maximumConnections: 2)
      var wakeUps = PostgresSubscription(server.configuration, channels: ["log"])
        .makeAsyncIterator()
      #expect(try await wakeUps.next() == .maybeMissed)
      try await pool.query("CREATE TABLE t (n int8)")
      var expected = 0
      for fault in 1...3 {
        try await pool.query("INSERT INTO t VALUES (\(fault))")
        expected += 1
        switch fault {
        case 1: try await server.restart(.fast)
        case 2: try await server.restart(.immediate)
        default:
          try await server.kill()
          try await server.start()
        }
        // What was acknowledged is there; a connection that lay idle is replaced.
        #expect(try await pool.query("SELECT * FROM t").count == expected)
        #expect(try await wakeUps.next() == .maybeMissed)
        try await pool.query("SELECT pg_notify('log', \("\(fault)"))")
        guard case .notification(let notification) = try await wakeUps.next() else {
          Issue.record("no notification")
          return
        }
        #expect(notification.payload == "\(fault)")
      }
      await pool.close()
    }
  }

  @Test("killed in the middle of a statement, the statement fails and connecting is refused")
  func isKilled() async throws {
    try await withPrivateServer { server in
      let connection = try await PostgresConnection.connect(server.configuration)
      let observer = try await PostgresConnection.connect(server.configuration)
      let process = await connection.serverProcessID
      let task = Task { try await connection.query("SELECT pg_sleep(3600)") }
      while try await observer.query(
        "SELECT 1 FROM pg_stat_activity WHERE pid = \(process) AND wait_event = 'PgSleep'"
      ).isEmpty {
        await Task.yield()
      }
      try await server.kill()
      let result = await task.result
      let error = #expect(throws: PostgresError.self) { try result.get() }
      #expect(error?.kind == .outcomeUnknown)
      let refused = await #expect(throws: PostgresError.self) {
        try await PostgresConnection.connect(server.configuration)
      }
      #expect(refused?.kind == .connectionFailed)
    }
  }

  @Test("out of connections, connecting carries the server's code")
  func runsOutOfConnections() async throws {
    let settings = ["max_connections = 4", "superuser_reserved_connections = 0"]
    try await withPrivateServer(settings: settings) { server in
      var open: [PostgresConnection] = []
      for _ in 1...4 { open.append(try await .connect(server.configuration)) }
      let error = await #expect(throws: PostgresError.self) {
        try await PostgresConnection.connect(server.configuration)
      }
      #expect(error?.sqlState == .tooManyConnections)
      for connection in open { await connection.close() }
    }
  }
}
