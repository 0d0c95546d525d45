import PostgresClient
import TestSupport
import Testing

private struct Refusal: Error, Equatable {}

@Suite("A transaction")
struct TransactionTests {
  @Test("keeps what its body did")
  func commits() async throws {
    try await withTestConnection { connection in
      try await connection.query("CREATE TABLE t (n int8)")
      let count = try await connection.transaction { connection in
        try await connection.query("INSERT INTO t VALUES (1)")
        return try await connection.query("SELECT n FROM t").count
      }
      #expect(count == 1)
      #expect(try await connection.query("SELECT n FROM t").count == 1)
      #expect(await !connection.isInTransaction)
    }
  }

  @Test("is undone when its body fails, and throws the body's own error")
  func rollsBack() async throws {
    try await withTestConnection { connection in
      try await connection.query("CREATE TABLE t (n int8)")
      await #expect(throws: Refusal()) {
        try await connection.transaction { connection in
          try await connection.query("INSERT INTO t VALUES (1)")
          throw Refusal()
        }
      }
      #expect(try await connection.query("SELECT n FROM t").isEmpty)
    }
  }

  @Test("whose body hid a failed statement is not reported as committed")
  func checksTheTag() async throws {
    try await withTestConnection { connection in
      try await connection.query("CREATE TABLE t (n int8)")
      let error = await #expect(throws: PostgresTransactionError.self) {
        try await connection.transaction { connection in
          try await connection.query("INSERT INTO t VALUES (1)")
          _ = try? await connection.query("SELECT 1/0")
        }
      }
      guard case .commit(let cause) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(cause.kind == .rolledBack)
      #expect(error?.isOutcomeUnknown == false)
      #expect(try await connection.query("SELECT n FROM t").isEmpty)
    }
  }

  @Test("that a deferred constraint refuses fails at its commit")
  func reportsCommitFailure() async throws {
    try await withTestConnection { connection in
      try await connection.execute(
        script: "CREATE TABLE t (n int8 UNIQUE DEFERRABLE INITIALLY DEFERRED)")
      let error = await #expect(throws: PostgresTransactionError.self) {
        try await connection.transaction { connection in
          try await connection.query("INSERT INTO t VALUES (1), (1)")
        }
      }
      guard case .commit(let cause) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(cause.kind == .server)
      #expect(cause.sqlState == .uniqueViolation)
      #expect(try await connection.query("SELECT n FROM t").isEmpty)
    }
  }

  @Test("is read committed, whatever the session's default, and writes where that allows it")
  func setsIsolation() async throws {
    try await withTestDatabase { configuration in
      var configuration = configuration
      configuration.sessionParameters = [
        "default_transaction_isolation": "repeatable read", "default_transaction_read_only": "on",
      ]
      let connection = try await PostgresConnection.connect(configuration)
      func settings(_ connection: PostgresConnection) async throws -> [String] {
        let row = try await connection.query(
          """
          SELECT current_setting('transaction_isolation'), \
          current_setting('transaction_read_only')
          """)[0]
        return [try row[0], try row[1]]
      }
      #expect(try await settings(connection) == ["repeatable read", "on"])
      let inside = try await connection.transaction { try await settings($0) }
      #expect(inside == ["read committed", "on"])
      let reader = try await connection.transaction(isolation: .serializable, readOnly: true) {
        try await settings($0)
      }
      #expect(reader == ["serializable", "on"])
      await connection.close()
    }
  }

  @Test("inside another is refused, and the outer one goes on")
  func refusesNesting() async throws {
    try await withTestConnection { connection in
      try await connection.query("CREATE TABLE t (n int8)")
      try await connection.transaction { connection in
        try await connection.query("INSERT INTO t VALUES (1)")
        let error = await #expect(throws: PostgresTransactionError.self) {
          try await connection.transaction { _ in }
        }
        guard case .begin(let cause) = error else {
          Issue.record("\(String(describing: error))")
          return
        }
        #expect(cause.kind == .misuse)
      }
      #expect(try await connection.query("SELECT n FROM t").count == 1)
    }
  }

  @Test("that its body ended by itself is reported")
  func reportsEarlyEnd() async throws {
    try await withTestConnection { connection in
      let error = await #expect(throws: PostgresTransactionError.self) {
        try await connection.transaction { connection in
          try await connection.execute(script: "ROLLBACK")
        }
      }
      #expect(error?.cause.kind == .misuse)
    }
  }
}
