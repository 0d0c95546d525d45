/// Which step of a transaction failed.
///
/// A failure of the body whose rollback went well is not wrapped: the body's own error is thrown.
public enum PostgresTransactionError: Error, Sendable {
  /// The transaction was never begun; the body did not run.
  case begin(PostgresError)
  /// The body failed, and so did the rollback; the connection has been closed, which makes the
  /// server roll back.
  case rollback(PostgresError, body: any Error)
  /// The body succeeded and `COMMIT` did not. Nothing was kept, unless the error's kind is
  /// `outcomeUnknown`.
  case commit(PostgresError)

  /// The failure of the step itself.
  public var cause: PostgresError {
    switch self {
    case .begin(let error), .rollback(let error, _), .commit(let error): error
    }
  }

  /// Whether the transaction may have been committed although an error was reported.
  public var isOutcomeUnknown: Bool {
    guard case .commit(let error) = self else { return false }
    return error.kind == .outcomeUnknown
  }
}

extension PostgresTransactionError: CustomStringConvertible {
  /// The step and its failure, on one line.
  public var description: String {
    switch self {
    case .begin(let error): "The transaction could not be begun: \(error)"
    case .rollback(let error, let body): "\(body); rolling back failed too: \(error)"
    case .commit(let error) where error.kind == .outcomeUnknown:
      "The connection broke while the transaction was being committed, so it is not known "
        + "whether it was: \(error)"
    case .commit(let error): "The transaction was not committed: \(error)"
    }
  }
}
