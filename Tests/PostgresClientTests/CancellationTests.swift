import PostgresClient
import TestSupport
import Testing

@Suite("Cancelling a task")
struct CancellationTests {
  /// Waits until a session is doing something that matches.
  private func waitUntil(
    _ connection: PostgresConnection, _ condition: PostgresQuery
  ) async throws {
    while try await connection.query("SELECT 1 FROM pg_stat_activity WHERE \(condition)").isEmpty {
      await Task.yield()
    }
  }

  @Test("cancels its statement, and the connection goes on")
  func cancelsStatement() async throws {
    try await withTestDatabase { configuration in
      let connection = try await PostgresConnection.connect(configuration)
      let observer = try await PostgresConnection.connect(configuration)
      let process = await connection.serverProcessID
      for _ in 1...5 {
        let task = Task { try await connection.query("SELECT pg_sleep(3600)") }
        try await waitUntil(observer, "pid = \(process) AND wait_event = 'PgSleep'")
        task.cancel()
        let result = await task.result
        let error = #expect(throws: PostgresError.self) { try result.get() }
        #expect(error?.kind == .cancelled)
        #expect(error?.sqlState == .queryCanceled)
        #expect(try await connection.query("SELECT 1").count == 1)
      }
      await connection.close()
      await observer.close()
    }
  }

  @Test("is not needed: any task may cancel what a busy connection does")
  func cancelsFromOutside() async throws {
    try await withTestDatabase { configuration in
      let connection = try await PostgresConnection.connect(configuration)
      let observer = try await PostgresConnection.connect(configuration)
      let process = await connection.serverProcessID
      connection.cancel()
      let task = Task { try await connection.query("SELECT pg_sleep(3600)") }
      try await waitUntil(observer, "pid = \(process) AND wait_event = 'PgSleep'")
      connection.cancel()
      let result = await task.result
      let error = #expect(throws: PostgresError.self) { try result.get() }
      #expect(error?.kind == .cancelled)
      #expect(try await connection.query("SELECT 1").count == 1)
      await connection.close()
      await observer.close()
    }
  }

  @Test("before its statement began sends nothing")
  func cancelsBeforehand() async throws {
    try await withTestConnection { connection in
      let task = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        try await connection.query("CREATE TABLE never (n int8)")
      }
      let result = await task.result
      let error = #expect(throws: PostgresError.self) { try result.get() }
      #expect(error?.kind == .cancelled)
      let tables = try await connection.query("SELECT to_regclass('never')::text")
      #expect(try tables[0][0] as String? == nil)
    }
  }

  @Test("at any moment never harms the statements that follow")
  func neverHitsTheNext() async throws {
    try await withTestConnection { connection in
      for _ in 1...200 {
        let task = Task {
          try await connection.query("SELECT count(*) FROM generate_series(1, 1000)")
        }
        await Task.yield()
        task.cancel()
        let next = try await connection.query("SELECT 1")
        #expect(next.count == 1)
        _ = await task.result
      }
    }
  }

  @Test("rolls its transaction back")
  func rollsBack() async throws {
    try await withTestConnection { connection in
      try await connection.query("CREATE TABLE t (n int8)")
      let task = Task {
        try await connection.transaction { connection in
          try await connection.query("INSERT INTO t VALUES (1)")
          withUnsafeCurrentTask { $0?.cancel() }
        }
      }
      let result = await task.result
      let error = #expect(throws: PostgresTransactionError.self) { try result.get() }
      #expect(error?.cause.kind == .cancelled)
      #expect(try await connection.query("SELECT * FROM t").isEmpty)
    }
  }

  @Test("while a COPY waits gives the COPY up")
  func cancelsCopy() async throws {
    try await withTestConnection { connection in
      try await connection.query("CREATE TABLE t (n int8)")
      let task = Task {
        try await connection.copyIn("COPY t FROM STDIN") { writer in
          try await writer.write("1\n")
          withUnsafeCurrentTask { $0?.cancel() }
        }
      }
      let result = await task.result
      let error = #expect(throws: PostgresError.self) { try result.get() }
      #expect(error?.kind == .cancelled)
      #expect(try await connection.query("SELECT * FROM t").isEmpty)
    }
  }

  @Test("ends its wait for a notification, and the connection goes on")
  func cancelsWaiting() async throws {
    try await withTestConnection { connection in
      try await connection.listen("changes")
      let task = Task { try await connection.nextNotification() }
      await Task.yield()
      task.cancel()
      let result = await task.result
      let error = #expect(throws: PostgresError.self) { try result.get() }
      #expect(error?.kind == .cancelled)
      try await connection.query("SELECT pg_notify('changes', '1')")
      #expect(try await connection.nextNotification()?.payload == "1")
    }
  }

  @Test("is not what a time limit is")
  func tellsTimeLimitsApart() async throws {
    try await withTestDatabase { configuration in
      var configuration = configuration
      configuration.sessionParameters = ["statement_timeout": "20ms"]
      let connection = try await PostgresConnection.connect(configuration)
      let error = await #expect(throws: PostgresError.self) {
        try await connection.query("SELECT pg_sleep(3600)")
      }
      #expect(error?.kind == .server)
      #expect(error?.sqlState == .queryCanceled)
      await connection.close()
    }
  }

  @Test("never holds up other tasks while a connection waits")
  func leavesThePoolFree() async throws {
    try await withTestDatabase { configuration in
      // Far more waiting connections than the cooperative pool has threads.
      let observer = try await PostgresConnection.connect(configuration)
      let waiting = (1...12).map { _ in
        Task {
          let connection = try await PostgresConnection.connect(configuration)
          try await connection.query("SELECT pg_sleep(3600)")
        }
      }
      while try await observer.query(
        """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event = 'PgSleep'
        """)[0].decode(Int.self, at: 0) < 12
      {
        await Task.yield()
      }
      for task in waiting { task.cancel() }
      for task in waiting {
        let result = await task.result
        #expect(throws: PostgresError.self) { try result.get() }
      }
      await observer.close()
    }
  }
}
