import Synchronization

/// A few connections shared by many tasks.
///
/// Connections are made when they are first needed and kept for the next task. A connection comes
/// back clean: a transaction left open is rolled back, and one that broke is dropped.
public final class PostgresPool: Sendable {
  /// What a task that waits is told.
  private enum Turn {
    case connection(PostgresConnection)
    /// There is room: make one.
    case vacancy
    case closed
    case cancelled
  }

  private struct Waiter {
    let id: UInt64
    let continuation: CheckedContinuation<Turn, Never>
  }

  private struct State {
    var idle: [PostgresConnection] = []
    /// Connections lent or being made.
    var lent = 0
    var waiters: [Waiter] = []
    var lastWaiter: UInt64 = 0
    var isClosed = false
  }

  /// How its connections are made.
  public let configuration: PostgresConfiguration
  private let limit: Int
  private let state = Mutex(State())

  /// Makes a pool of at most so many connections at once; connects to nothing yet.
  public init(_ configuration: PostgresConfiguration, maximumConnections: Int = 4) {
    self.configuration = configuration
    limit = max(1, maximumConnections)
  }

  /// Lends a connection to a body, waiting for one if all are lent.
  ///
  /// Throws what the body throws, or an error of kind `connectionFailed`, `cancelled` or `misuse`
  /// when no connection can be had.
  public nonisolated(nonsending) func withConnection<R>(
    file: StaticString = #fileID, line: UInt = #line,
    _ body: nonisolated(nonsending) (PostgresConnection) async throws -> R
  ) async throws -> R {
    let connection = try await take(file, line)
    do {
      let result = try await body(connection)
      await give(back: connection)
      return result
    } catch {
      await give(back: connection)
      throw error
    }
  }

  /// Runs one statement on any connection.
  @discardableResult
  public nonisolated(nonsending) func query(
    _ query: PostgresQuery, file: StaticString = #fileID, line: UInt = #line
  ) async throws(PostgresError) -> PostgresRows {
    let connection = try await take(file, line)
    do throws(PostgresError) {
      let rows = try await connection.query(query, file: file, line: line)
      await give(back: connection)
      return rows
    } catch {
      await give(back: connection)
      throw error
    }
  }

  /// Runs a body in a transaction on any connection; see ``PostgresConnection/transaction``.
  public nonisolated(nonsending) func transaction<R>(
    isolation: PostgresIsolation = .readCommitted, readOnly: Bool = false,
    file: StaticString = #fileID, line: UInt = #line,
    _ body: nonisolated(nonsending) (PostgresConnection) async throws -> R
  ) async throws -> R {
    try await withConnection(file: file, line: line) { connection in
      try await connection.transaction(
        isolation: isolation, readOnly: readOnly, file: file, line: line, body)
    }
  }

  /// Closes the idle connections, and each lent one when it comes back; nobody is lent any more.
  public func close() async {
    let (idle, waiters) = state.withLock { state in
      state.isClosed = true
      defer {
        state.idle = []
        state.waiters = []
      }
      return (state.idle, state.waiters)
    }
    for waiter in waiters { waiter.continuation.resume(returning: .closed) }
    for connection in idle { await connection.close() }
  }

  // MARK: Lending

  nonisolated(nonsending) func take(
    _ file: StaticString = #fileID, _ line: UInt = #line
  ) async throws(PostgresError) -> PostgresConnection {
    while true {
      let turn: Turn
      if let immediate = immediateTurn() {
        turn = immediate
      } else {
        turn = await waitForTurn()
      }
      switch turn {
      case .connection(let connection):
        // The server may have closed it while it lay idle.
        if connection.status.isQuiet { return connection }
        if await connection.isUsable() { return connection }
        leave(nil)
      case .vacancy:
        do {
          return try await PostgresConnection.connect(configuration, file: file, line: line)
        } catch {
          leave(nil)
          throw error
        }
      case .closed:
        throw PostgresError(
          .misuse, "The pool of connections is closed.", file: file, line: line)
      case .cancelled:
        throw PostgresError(
          .cancelled, "The task was cancelled while it waited for a connection.", file: file,
          line: line)
      }
    }
  }

  nonisolated(nonsending) func give(back connection: PostgresConnection) async {
    var isClean = connection.status.isIdle
    if !isClean { isClean = await connection.clean() }
    if !leave(isClean ? connection : nil) { await connection.close() }
  }

  /// What a task can have without waiting, or nil.
  private func immediateTurn() -> Turn? {
    state.withLock { state in Task.isCancelled ? .cancelled : nextTurn(&state) }
  }

  private func nextTurn(_ state: inout State) -> Turn? {
    if state.isClosed { return .closed }
    if let connection = state.idle.popLast() {
      state.lent += 1
      return .connection(connection)
    }
    guard state.lent < limit else { return nil }
    state.lent += 1
    return .vacancy
  }

  private nonisolated(nonsending) func waitForTurn() async -> Turn {
    let id = state.withLock { state in
      state.lastWaiter += 1
      return state.lastWaiter
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let turn: Turn? = state.withLock { state in
          // Cancelled before this, the handler found nobody to wake.
          if Task.isCancelled { return .cancelled }
          if let turn = nextTurn(&state) { return turn }
          state.waiters.append(Waiter(id: id, continuation: continuation))
          return nil
        }
        if let turn { continuation.resume(returning: turn) }
      }
    } onCancel: {
      let waiter = state.withLock { state in
        state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
      }
      waiter?.continuation.resume(returning: .cancelled)
    }
  }

  /// Notes that a connection is no longer lent, and hands it or its place to whoever waits longest.
  ///
  /// Returns whether the connection was taken over.
  @discardableResult
  private func leave(_ connection: PostgresConnection?) -> Bool {
    let (waiter, kept) = state.withLock { state -> (Waiter?, Bool) in
      guard !state.isClosed else {
        state.lent -= 1
        return (nil, false)
      }
      guard state.waiters.isEmpty else { return (state.waiters.removeFirst(), true) }
      state.lent -= 1
      if let connection { state.idle.append(connection) }
      return (nil, true)
    }
    waiter?.continuation.resume(returning: connection.map { .connection($0) } ?? .vacancy)
    return kept && connection != nil
  }
}
