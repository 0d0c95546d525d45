/// What went wrong between Dossier and PostgreSQL, with everything the server said about it.
///
/// The error carries the text of the statement, never the values that were bound to it.
public struct PostgresError: Error, Sendable {
  /// The kinds of failure that callers treat differently.
  public enum Kind: Hashable, Sendable {
    /// The configuration cannot be read.
    case configuration
    /// No connection could be made.
    case connectionFailed
    /// The connection broke, and nothing that this call sent can have been committed.
    case connectionLost
    /// The connection broke while a statement that commits was under way (`COMMIT`, or any
    /// statement outside a transaction): whether it took effect is not known.
    case outcomeUnknown
    /// The server refused the statement, which left nothing behind.
    case server
    /// The server answered `COMMIT` with `ROLLBACK`: an earlier statement had failed.
    case rolledBack
    /// The task was cancelled; what was under way left nothing behind.
    case cancelled
    /// The connection was used in a way it does not support.
    case misuse
    /// A value cannot be read as what was asked for.
    case decoding
  }

  /// What the server reports about a condition.
  public struct Report: Sendable {
    /// `ERROR`, `FATAL`, `PANIC`, `WARNING`, `NOTICE`, …, never translated.
    public var severity: String?
    /// The code of the condition.
    public var sqlState: SQLState?
    /// What more there is to say about it.
    public var detail: String?
    /// What might be done about it.
    public var hint: String?
    /// Where in the server's own work it happened.
    public var context: String?
    /// The schema concerned.
    public var schema: String?
    /// The table concerned.
    public var table: String?
    /// The column concerned.
    public var column: String?
    /// The data type concerned.
    public var dataType: String?
    /// The constraint that refused.
    public var constraint: String?
    /// Where in the statement it happened, in characters counted from 1.
    public var position: Int?
    /// The function of the server that raised it.
    var sourceFunction: String?

    init() {}
  }

  private final class Storage: Sendable {
    let report: Report
    let query: String?
    let file: StaticString
    let line: UInt

    init(report: Report, query: String?, file: StaticString, line: UInt) {
      self.report = report
      self.query = query
      self.file = file
      self.line = line
    }
  }

  /// How callers should treat the failure.
  public let kind: Kind
  /// What happened, in one sentence.
  public let message: String
  private let storage: Storage

  init(
    _ kind: Kind, _ message: String, report: Report = Report(), query: String? = nil,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    self.kind = kind
    self.message = message
    storage = Storage(report: report, query: query, file: file, line: line)
  }

  /// Everything the server said; empty when the failure is not the server's.
  public var report: Report { storage.report }
  /// The code of the condition.
  public var sqlState: SQLState? { report.sqlState }
  /// What more the server had to say.
  public var detail: String? { report.detail }
  /// What the server suggests.
  public var hint: String? { report.hint }
  /// The constraint that refused.
  public var constraint: String? { report.constraint }
  /// The table concerned.
  public var table: String? { report.table }
  /// The text of the statement, without its values.
  public var query: String? { storage.query }
  /// The file of ours that made the call.
  public var file: StaticString { storage.file }
  /// The line of ours that made the call.
  public var line: UInt { storage.line }

  /// Whether the connection is gone.
  public var isConnectionFailure: Bool {
    switch kind {
    case .connectionFailed, .connectionLost, .outcomeUnknown: true
    default: false
    }
  }

  /// Whether the server takes no writes: it is a standby, or was set so.
  public var isReadOnly: Bool {
    // A standby refuses to begin a transaction that is to write as a feature it does not have; only where in the server
    // it does so tells that from other features.
    sqlState == .readOnlyTransaction
      || sqlState == .featureNotSupported && report.sourceFunction == "call_bool_check_hook"
  }

  /// Whether the same work may succeed when it is simply tried again: the server rolled it back
  /// because of another transaction.
  public var isTransient: Bool {
    sqlState == .serializationFailure || sqlState == .deadlockDetected
      || sqlState == .lockNotAvailable
  }

  /// Whether a privilege is missing that is granted to roles, and no code of the database's owner refused.
  public var isMissingPrivilege: Bool {
    sqlState == .insufficientPrivilege && report.sourceFunction == "aclcheck_error"
  }

  /// The same error, told where it happened.
  func during(_ query: String?, file: StaticString, line: UInt) -> PostgresError {
    PostgresError(
      kind, message, report: report, query: self.query ?? query, file: file, line: line)
  }
}

extension PostgresError: CustomStringConvertible {
  /// The message with its code, detail and hint, on one line; no statement.
  public var description: String {
    var text = message
    if let sqlState { text += " (SQLSTATE \(sqlState))" }
    if let detail { text += "; \(detail)" }
    if let hint { text += "; \(hint)" }
    return text
  }
}

extension PostgresError: CustomDebugStringConvertible {
  /// The description with the statement, the constraint and the place of the call.
  public var debugDescription: String {
    var text = "\(kind): \(description)"
    if let constraint { text += "; constraint \(constraint)" }
    if let context = report.context { text += "; context: \(context)" }
    if let query { text += "; query: \(query)" }
    return text + "; at \(file):\(line)"
  }
}
