import Synchronization

/// Ties a stream to the exchange it reads from, so that a stream that is dropped half-way does not
/// block its connection.
final class StreamToken: Sendable {
  /// Whether the statement was a transaction of its own.
  let isAutocommit: Bool
  private let abandoned = Atomic(false)

  init(isAutocommit: Bool) { self.isAutocommit = isAutocommit }

  /// Whether nobody will read on.
  var isAbandoned: Bool { abandoned.load(ordering: .acquiring) }

  /// Notes that nobody will read on.
  func abandon() { abandoned.store(true, ordering: .releasing) }
}

/// Owned by an iterator; abandons the stream when the iterator goes away.
final class StreamOwner: Sendable {
  let token: StreamToken

  init(_ token: StreamToken) { self.token = token }

  deinit { token.abandon() }
}
