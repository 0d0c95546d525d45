import PostgresClient
import Synchronization
import TestSupport
import Testing

@Suite("A pool")
struct PoolTests {
  @Test("uses one connection again and again")
  func reuses() async throws {
    try await withTestDatabase { configuration in
      let pool = PostgresPool(configuration)
      var processes: Set<Int32> = []
      for _ in 1...5 {
        processes.insert(try await pool.withConnection { await $0.serverProcessID })
      }
      #expect(processes.count == 1)
      await pool.close()
    }
  }

  @Test("never lends more connections than it may, and serves everybody")
  func bounds() async throws {
    try await withTestDatabase { configuration in
      let pool = PostgresPool(configuration, maximumConnections: 2)
      let lent = Lent()
      let processes = try await withThrowingTaskGroup(of: Int32.self) { group in
        for _ in 1...20 {
          group.addTask {
            try await pool.withConnection { connection in
              #expect(lent.count.add(1, ordering: .relaxed).newValue <= 2)
              try await connection.query("SELECT 1")
              lent.count.subtract(1, ordering: .relaxed)
              return await connection.serverProcessID
            }
          }
        }
        return try await group.reduce(into: [Int32]()) { $0.append($1) }
      }
      #expect(processes.count == 20)
      #expect(Set(processes).count <= 2)
      await pool.close()
    }
  }

  @Test("rolls back what a body left open")
  func cleans() async throws {
    try await withTestDatabase { configuration in
      let pool = PostgresPool(configuration, maximumConnections: 1)
      try await pool.query("CREATE TABLE t (n int8)")
      try await pool.withConnection { connection in
        try await connection.execute(script: "BEGIN; INSERT INTO t VALUES (1)")
      }
      #expect(try await pool.query("SELECT * FROM t").isEmpty)
      await pool.close()
    }
  }

  @Test("replaces a connection that the server ended while it lay idle")
  func replacesDeadConnections() async throws {
    try await withTestDatabase { configuration in
      let pool = PostgresPool(configuration, maximumConnections: 1)
      let first = try await pool.withConnection { await $0.serverProcessID }
      let other = try await PostgresConnection.connect(configuration)
      try await other.query("SELECT pg_terminate_backend(\(first), 5000)")
      let second = try await pool.withConnection { await $0.serverProcessID }
      #expect(first != second)
      await pool.close()
      await other.close()
    }
  }

  @Test("gives its place to the next when connecting fails")
  func survivesFailedConnects() async throws {
    let nowhere = PostgresConfiguration(keywords: ["host": "/tmp/dossier-no-such-folder"])
    let pool = PostgresPool(nowhere, maximumConnections: 1)
    for _ in 1...3 {
      let error = await #expect(throws: PostgresError.self) { try await pool.query("SELECT 1") }
      #expect(error?.kind == .connectionFailed)
    }
  }

  @Test("lets a task that is cancelled stop waiting")
  func cancelsWaiting() async throws {
    try await withTestDatabase { configuration in
      let pool = PostgresPool(configuration, maximumConnections: 1)
      try await pool.withConnection { _ in
        let waiting = Task { try await pool.query("SELECT 1") }
        waiting.cancel()
        let result = await waiting.result
        #expect(throws: PostgresError.self) { try result.get() }
      }
      #expect(try await pool.query("SELECT 1").count == 1)
      await pool.close()
    }
  }

  @Test("lends nothing once it is closed")
  func closes() async throws {
    try await withTestDatabase { configuration in
      let pool = PostgresPool(configuration)
      try await pool.query("SELECT 1")
      await pool.close()
      let error = await #expect(throws: PostgresError.self) { try await pool.query("SELECT 1") }
      #expect(error?.kind == .misuse)
    }
  }
}

/// How many connections tasks hold at the moment.
private final class Lent: Sendable {
  let count = Atomic(0)
}
