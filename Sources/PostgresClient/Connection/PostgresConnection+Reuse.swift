extension PostgresConnection {
  /// Whether the server is still at the other end, as far as the socket tells.
  func isUsable() -> Bool {
    guard let session else { return false }
    return session.isAlive()
  }

  /// Ends whatever the last user left open; returns whether the connection can be lent again.
  func clean() -> Bool {
    guard let session else { return false }
    do {
      try session.makeReady()
      if !session.isAutocommit { try session.run(script: "ROLLBACK", commits: false) }
      settle(session)
      return true
    } catch {
      close()
      return false
    }
  }
}
