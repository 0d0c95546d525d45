import CLibPQ
import Synchronization

/// A connection to a PostgreSQL server.
///
/// Its work runs on a thread of its own, where libpq may block. A connection serves one task at a
/// time: a transaction, a stream or a COPY belongs to the task that began it. Tasks that work side
/// by side take a connection each from a ``PostgresPool``.
public actor PostgresConnection {
  private nonisolated let executor = ThreadExecutor()
  nonisolated let status = ConnectionStatus()
  private nonisolated let canceller = Mutex<Canceller?>(nil)
  let waker = Waker()
  var session: Session?

  /// Everything of this actor happens on its own thread.
  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    executor.asUnownedSerialExecutor()
  }

  private init() {}

  // MARK: Opening and closing

  /// Connects to a server.
  ///
  /// Throws an error of kind `connectionFailed`, with the SQLSTATE of a refused log-in, or
  /// `cancelled`.
  public static func connect(
    _ configuration: PostgresConfiguration, file: StaticString = #fileID, line: UInt = #line
  ) async throws(PostgresError) -> PostgresConnection {
    let connection = PostgresConnection()
    do {
      try await connection.open(configuration)
    } catch {
      throw error.during(nil, file: file, line: line)
    }
    return connection
  }

  private func open(_ configuration: PostgresConfiguration) async throws(PostgresError) {
    let session = try await interruptibly { () throws(PostgresError) in
      try Session.open(configuration, waker: waker)
    }
    canceller.withLock { $0 = session.canceller }
    settle(session)
    self.session = session
  }

  /// Closes the connection; anything unfinished is rolled back by the server.
  public func close() {
    status.begin()
    session = nil
  }

  /// Whether the connection is open, as far as is known without asking the server.
  public var isOpen: Bool { session.map { !$0.isBroken } ?? false }

  /// The number of the server process that serves this connection, 0 when closed.
  public var serverProcessID: Int32 { session?.processID ?? 0 }

  /// Whether a transaction is open.
  public var isInTransaction: Bool {
    session.map { !$0.isAutocommit && !$0.isBroken } ?? false
  }

  // MARK: Statements

  /// Runs one statement and returns all its rows; its interpolated values are bound.
  ///
  /// The statement is prepared from its second use on. Outside a transaction it is one of its
  /// own. Cancelling the task cancels the statement: error of kind `cancelled`.
  @discardableResult
  public func query(
    _ query: PostgresQuery, file: StaticString = #fileID, line: UInt = #line
  ) async throws(PostgresError) -> PostgresRows {
    try await exchange(query.sql, file, line) { session throws(PostgresError) in
      try session.run(query)
    }
  }

  /// Runs SQL text as it stands: one statement or several, separated by semicolons, which are one
  /// transaction unless they say otherwise. Nothing in it is bound, so it must be trusted.
  public func execute(
    script: String, file: StaticString = #fileID, line: UInt = #line
  ) async throws(PostgresError) {
    try await exchange(script, file, line) { session throws(PostgresError) in
      // A script may hold a COMMIT anywhere.
      _ = try session.run(script: script, commits: true)
    }
  }

  /// Asks the server to cancel what this connection is doing, if anything; returns at once, even
  /// while the connection is busy.
  public nonisolated func cancel() { canceller.withLock { $0 }?.cancel() }

  // MARK: Exchanges

  /// Does one exchange with the server from beginning to end, without giving up the actor; when
  /// it is cancellable, cancelling the task cancels the statement.
  func exchange<R>(
    _ sql: String?, _ file: StaticString, _ line: UInt, cancellable: Bool = true,
    _ body: (Session) throws(PostgresError) -> R
  ) async throws(PostgresError) -> R {
    do throws(PostgresError) {
      guard let session else {
        throw PostgresError(.connectionLost, "The connection is closed.")
      }
      status.begin()
      defer { settle(session) }
      guard cancellable else { return try body(session) }
      guard !Task.isCancelled else {
        throw PostgresError(.cancelled, "The task was cancelled.")
      }
      return try await cancellably(session, body)
    } catch {
      throw error.during(sql, file: file, line: line)
    }
  }

  /// Notes in what state an exchange has left the connection.
  func settle(_ session: Session) {
    if session.isBroken {
      self.session = nil
    } else {
      status.end(idle: session.isIdle, socket: session.socket)
    }
  }

  private func cancellably<R>(
    _ session: Session, _ body: (Session) throws(PostgresError) -> R
  ) async throws(PostgresError) -> R {
    let canceller = session.canceller
    let ticket = canceller.begin()
    let result = await withTaskCancellationHandler {
      onOwnThread { () throws(PostgresError) in try body(session) }
    } onCancel: {
      canceller.cancel(ticket)
    }
    let wasCancelled = canceller.end()
    do {
      return try result.get()
    } catch let error where wasCancelled && error.sqlState == .queryCanceled {
      throw PostgresError(.cancelled, error.message, report: error.report)
    }
  }

  /// Does something that waits on a socket, and wakes it when the task is cancelled.
  func interruptibly<R>(
    _ body: () throws(PostgresError) -> R
  ) async throws(PostgresError) -> R {
    guard !Task.isCancelled else { throw PostgresError(.cancelled, "The task was cancelled.") }
    let waker = waker
    return try await withTaskCancellationHandler {
      onOwnThread(body)
    } onCancel: {
      waker.wake()
    }.get()
  }

  /// Does what may block. A closure runs on its actor only if it names the actor, as a call of
  /// this method does; without it, the work would block a thread that all tasks share.
  private func onOwnThread<R>(
    _ body: () throws(PostgresError) -> R
  ) -> Result<R, PostgresError> {
    Result { () throws(PostgresError) in try body() }
  }
}
