import CLibPQ
import Glibc

/// One blocking conversation with the server. The actor around it keeps it to one thread at a time.
final class Session {
  /// What has been begun and not yet finished, so that nothing else may be sent.
  enum Activity {
    case none
    case rows(StreamToken)
    case copyOut(StreamToken)
    case copyIn
  }

  let connection: OpaquePointer
  let canceller: Canceller
  var statements: StatementCache
  var activity = Activity.none
  /// Whether the COPY under way is a transaction of its own.
  var isCopyAutocommit = false
  /// Whether the server said, while nothing was under way, that it ends the session.
  private var wasDismissed = false
  /// Whether the server was given up because it said nothing.
  var isGivenUp = false
  let configuration: PostgresConfiguration

  /// Takes over an open connection that was made as `configuration` says.
  init(connection: OpaquePointer, _ configuration: PostgresConfiguration) {
    self.connection = connection
    self.configuration = configuration
    canceller = Canceller(connection: connection)
    statements = StatementCache(capacity: configuration.preparedStatementLimit)
    // Without a receiver libpq writes notices to standard error.
    PQsetNoticeReceiver(
      connection,
      { session, result in
        guard let session, PQresultErrorField(result, CLIBPQ_DIAG_SEVERITY).isFatal else { return }
        Unmanaged<Session>.fromOpaque(session).takeUnretainedValue().wasDismissed = true
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  deinit { PQfinish(connection) }

  var isBroken: Bool { PQstatus(connection) == CONNECTION_BAD }

  var transactionStatus: PGTransactionStatusType { PQtransactionStatus(connection) }

  /// Whether nothing is open: no transaction, stream or COPY.
  var isIdle: Bool {
    guard case .none = activity else { return false }
    return isAutocommit && !isBroken
  }

  var socket: Int32 { PQsocket(connection) }

  /// Whether a statement sent now would be a transaction of its own.
  var isAutocommit: Bool { transactionStatus == PQTRANS_IDLE }

  /// The process that serves this connection.
  var processID: Int32 { PQbackendPID(connection) }

  /// The connection's own last message.
  var connectionMessage: String { String(cString: PQerrorMessage(connection)).firstLine }

  // MARK: Before an exchange

  /// Makes sure that a statement can be sent.
  func makeReady() throws(PostgresError) {
    switch activity {
    case .none: break
    case .rows(let token), .copyOut(let token):
      guard token.isAbandoned else {
        throw PostgresError(
          .misuse,
          "The connection is still streaming; finish or drop the stream before the next statement.")
      }
      drain()
    case .copyIn:
      throw PostgresError(.misuse, "The connection is still copying in.")
    }
    guard isAlive() else {
      throw PostgresError(.connectionLost, "The server had closed the connection.")
    }
  }

  /// Reads what an idle server may have sent: notices, a farewell, or the end of the stream.
  ///
  /// Looking before each statement costs a microsecond and turns most outcomes that would be
  /// unknown into ones that are not: nothing has been sent yet.
  func isAlive() -> Bool {
    var descriptor = pollfd(fd: PQsocket(connection), events: Int16(POLLIN), revents: 0)
    while !isBroken, poll(&descriptor, 1, 0) > 0 {
      guard PQconsumeInput(connection) == 1 else { return false }
      // Parses what has arrived, so that a farewell reaches the receiver of notices.
      _ = PQisBusy(connection)
    }
    return !isBroken && !wasDismissed
  }

  /// Reads to the end of what nobody wants any more.
  private func drain() {
    // Cancelling inside a transaction would fail the transaction, so there the rest is read.
    if isActiveInAutocommit { canceller.requestCancellation() }
    while let pointer = PQgetResult(connection) {
      let result = ResultHandle(pointer)
      if result.status == PGRES_COPY_OUT { discardCopyData() }
      if isBroken { break }
    }
    activity = .none
  }

  /// Whether the statement of the abandoned stream was a transaction of its own.
  private var isActiveInAutocommit: Bool {
    switch activity {
    case .rows(let token), .copyOut(let token): token.isAutocommit
    default: false
    }
  }

  func discardCopyData() {
    var buffer: UnsafeMutablePointer<CChar>?
    while PQgetCopyData(connection, &buffer, 0) > 0 { PQfreemem(buffer) }
  }

  // MARK: Errors

  /// What failed, told apart by what it means for the work under way; `commits` tells whether the
  /// statement, had it succeeded, would have been committed.
  func failure(_ result: borrowing ResultHandle, commits: Bool) -> PostgresError {
    let report = result.report
    let ended = report.severity == "FATAL" || report.severity == "PANIC"
    let lost = isBroken || ended || report.sqlState == nil
    let kind: PostgresError.Kind = lost ? (commits ? .outcomeUnknown : .connectionLost) : .server
    return PostgresError(kind, isGivenUp ? Self.silence : result.message, report: report)
  }

  /// The failure to send anything at all.
  func sendFailure() -> PostgresError {
    PostgresError(isBroken ? .connectionLost : .misuse, connectionMessage)
  }

  /// Whether the text ends a transaction, so that losing the connection leaves its fate open.
  static func endsTransaction(_ sql: String) -> Bool {
    let word = sql.drop { $0.isWhitespace }.prefix { $0.isLetter }.uppercased()
    return ["COMMIT", "END", "PREPARE"].contains(word)
  }
}

extension UnsafeMutablePointer<CChar>? {
  /// Whether this is the severity of a message that ends the session.
  fileprivate var isFatal: Bool {
    guard let self else { return false }
    return strcmp(self, "FATAL") == 0 || strcmp(self, "PANIC") == 0
  }
}
