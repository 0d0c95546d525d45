import CLibPQ

/// How a transaction is kept apart from others that run beside it.
public enum PostgresIsolation: String, Sendable {
  /// Each statement sees what was committed before it began.
  case readCommitted = "READ COMMITTED"
  /// Every statement sees what was committed before the first one began.
  case repeatableRead = "REPEATABLE READ"
  /// As if the transactions had run one after another.
  case serializable = "SERIALIZABLE"
}

extension PostgresConnection {
  /// Runs a body in a transaction and commits it.
  ///
  /// When the body throws, the transaction is rolled back and the body's own error is thrown.
  /// Every other failure is a ``PostgresTransactionError`` that says which step it was; one of
  /// them, a connection that broke during `COMMIT`, leaves the outcome unknown. When the task has
  /// been cancelled by the end of the body, the transaction is rolled back.
  ///
  /// The isolation is always said explicitly, since a role or a database may have another default;
  /// with `readOnly` the server refuses to write. Without, it refuses where somebody made that the
  /// default: they want nothing written.
  public nonisolated(nonsending) func transaction<R>(
    isolation: PostgresIsolation = .readCommitted, readOnly: Bool = false,
    file: StaticString = #fileID, line: UInt = #line,
    _ body: nonisolated(nonsending) (PostgresConnection) async throws -> R
  ) async throws -> R {
    do {
      try await begin(isolation, readOnly: readOnly, file, line)
    } catch {
      throw PostgresTransactionError.begin(error)
    }
    let result: R
    do {
      result = try await body(self)
    } catch {
      try await rollBack(after: error, file, line)
      throw error
    }
    do {
      try await commit(file, line)
    } catch {
      throw PostgresTransactionError.commit(error)
    }
    return result
  }

  private func begin(
    _ isolation: PostgresIsolation, readOnly: Bool, _ file: StaticString, _ line: UInt
  ) async throws(PostgresError) {
    let sql = "BEGIN ISOLATION LEVEL \(isolation.rawValue)\(readOnly ? " READ ONLY" : "")"
    try await exchange(sql, file, line) { session throws(PostgresError) in
      try session.makeReady()
      guard session.isAutocommit else {
        throw PostgresError(.misuse, "A transaction is already open on this connection.")
      }
      try session.run(script: sql, commits: false)
    }
  }

  private func commit(_ file: StaticString, _ line: UInt) async throws(PostgresError) {
    do throws(PostgresError) {
      // Past this point the transaction is ended, not interrupted: COMMIT takes no cancellation.
      guard !Task.isCancelled else {
        throw PostgresError(.cancelled, "The task was cancelled before its work was committed.")
      }
      try await exchange("COMMIT", file, line, cancellable: false) {
        session throws(PostgresError) in
        try session.makeReady()
        guard !session.isAutocommit else {
          throw PostgresError(.misuse, "The body of the transaction ended it by itself.")
        }
        let tag = try session.run(script: "COMMIT", commits: true)
        guard tag == "COMMIT" else {
          // The server says ROLLBACK, and no error, when a statement before had failed.
          throw PostgresError(
            .rolledBack, "A statement of the transaction had failed, so it was rolled back.")
        }
      }
    } catch {
      await abandonTransaction()
      throw error
    }
  }

  private func rollBack(
    after bodyError: any Error, _ file: StaticString, _ line: UInt
  ) async throws(PostgresTransactionError) {
    // Without a connection there is nothing to roll back: the server has done it.
    guard let session, !session.isBroken else { return }
    do {
      try await exchange("ROLLBACK", file, line, cancellable: false) {
        session throws(PostgresError) in
        try session.makeReady()
        try session.run(script: "ROLLBACK", commits: false)
      }
    } catch {
      close()
      throw .rollback(error, body: bodyError)
    }
  }

  /// Leaves no transaction open after a COMMIT that failed.
  private func abandonTransaction() async {
    guard let session, !session.isBroken, !session.isAutocommit else { return }
    do {
      try session.makeReady()
      try session.run(script: "ROLLBACK", commits: false)
    } catch {
      close()
    }
  }
}
