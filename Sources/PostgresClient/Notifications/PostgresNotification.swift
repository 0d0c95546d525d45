import CLibPQ

/// A message that a session sent with `NOTIFY`.
public struct PostgresNotification: Hashable, Sendable {
  /// The channel it was sent on.
  public let channel: String
  /// What it says; often nothing.
  public let payload: String
  /// The server process of the session that sent it.
  public let processID: Int32

  /// Makes a notification.
  public init(channel: String, payload: String, processID: Int32) {
    self.channel = channel
    self.payload = payload
    self.processID = processID
  }
}

extension PostgresConnection {
  /// Subscribes this connection to a channel.
  public func listen(
    _ channel: String, file: StaticString = #fileID, line: UInt = #line
  ) async throws(PostgresError) {
    try await query("LISTEN \(identifier: channel)", file: file, line: line)
  }

  /// Ends the subscription of this connection to a channel.
  public func unlisten(
    _ channel: String, file: StaticString = #fileID, line: UInt = #line
  ) async throws(PostgresError) {
    try await query("UNLISTEN \(identifier: channel)", file: file, line: line)
  }

  /// Waits for the next notification; returns nil when none came within the time given.
  ///
  /// While it waits the connection does nothing else. Cancelling the task ends the wait with an
  /// error of kind `cancelled`. Notifications sent while no connection listened are lost, which a
  /// ``PostgresSubscription`` takes care of.
  public func nextNotification(
    within limit: Duration? = nil, file: StaticString = #fileID, line: UInt = #line
  ) async throws(PostgresError) -> PostgresNotification? {
    do throws(PostgresError) {
      guard let session else {
        throw PostgresError(.connectionLost, "The connection is closed.")
      }
      defer { if session.isBroken { close() } }
      let waker = waker
      return try await interruptibly { () throws(PostgresError) in
        try session.nextNotification(waker, until: limit.map { ContinuousClock.now + $0 })
      }
    } catch {
      throw error.during(nil, file: file, line: line)
    }
  }
}

extension Session {
  func nextNotification(
    _ waker: Waker, until deadline: ContinuousClock.Instant?
  ) throws(PostgresError) -> PostgresNotification? {
    while true {
      // Looks at what has arrived, and finds out whether the server is still there.
      try makeReady()
      if let notification = PQnotifies(connection) {
        defer { PQfreemem(notification) }
        return PostgresNotification(
          channel: String(cString: notification.pointee.relname),
          payload: String(cString: notification.pointee.extra),
          processID: notification.pointee.be_pid)
      }
      switch waker.wait(for: PQsocket(connection), events: Waker.readable, until: deadline) {
      case .ready: continue
      case .woken where Task.isCancelled:
        throw PostgresError(.cancelled, "Waiting for a notification was cancelled.")
      case .woken: continue
      case .timedOut: return nil
      }
    }
  }
}
