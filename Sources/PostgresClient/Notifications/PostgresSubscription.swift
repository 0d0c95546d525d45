/// Why a reader should look again.
public enum PostgresWakeUp: Hashable, Sendable {
  /// Somebody sent a notification.
  case notification(PostgresNotification)
  /// The subscription has just been made, for the first time or after its connection broke: what
  /// was sent before did not arrive, so the reader must look for itself.
  case maybeMissed
  /// Nothing came for as long as was agreed; the reader polls.
  case quiet
}

/// Wake-ups from channels, for as long as somebody asks for them.
///
/// It has a connection of its own. When that breaks, it connects and listens again, waiting
/// longer after each failure, and says `maybeMissed`. A wake-up is only a hint: what happened is
/// read from the tables.
///
/// The first connection must succeed. Later ones are tried again for as long as the server is away
/// or starting up; a server that refuses the log-in ends the subscription with its error.
public struct PostgresSubscription: AsyncSequence, Sendable {
  /// What waiting may throw.
  public typealias Failure = PostgresError

  private let configuration: PostgresConfiguration
  private let channels: [String]
  private let quietAfter: Duration?

  /// Subscribes to channels; connects when the first wake-up is asked for. With `quietAfter` a
  /// wake-up comes at least that often.
  public init(
    _ configuration: PostgresConfiguration, channels: [String], quietAfter: Duration? = nil
  ) {
    self.configuration = configuration
    self.channels = channels
    self.quietAfter = quietAfter
  }

  /// Starts listening.
  public func makeAsyncIterator() -> Iterator { Iterator(subscription: self) }

  /// Waits for one wake-up after another.
  public struct Iterator: AsyncIteratorProtocol {
    private let subscription: PostgresSubscription
    private var connection: PostgresConnection?
    private var hasConnected = false

    init(subscription: PostgresSubscription) { self.subscription = subscription }

    /// Waits for the next wake-up; never returns nil.
    public mutating func next(
      isolation: isolated (any Actor)? = #isolation
    ) async throws(PostgresError) -> PostgresWakeUp? {
      while true {
        guard let connection else {
          connection = try await connect()
          hasConnected = true
          return .maybeMissed
        }
        do throws(PostgresError) {
          let notification = try await connection.nextNotification(
            within: subscription.quietAfter)
          return notification.map { .notification($0) } ?? .quiet
        } catch {
          self.connection = nil
          guard error.isConnectionFailure else { throw error }
        }
      }
    }

    private func connect(
      isolation: isolated (any Actor)? = #isolation
    ) async throws(PostgresError) -> PostgresConnection {
      var pause = Duration.milliseconds(20)
      while true {
        do {
          return try await subscription.connect()
        } catch let error where hasConnected && Self.mayPass(error) {
          do {
            // Not all at the same moment, when many wait for one server.
            try await Task.sleep(for: pause * Double.random(in: 0.5...1))
          } catch {
            throw PostgresError(.cancelled, "Connecting again was cancelled.")
          }
          pause = Swift.min(pause * 2, .seconds(5))
        }
      }
    }

    /// Whether the same attempt may succeed later.
    private static func mayPass(_ error: PostgresError) -> Bool {
      guard error.isConnectionFailure else { return false }
      guard let state = error.sqlState else { return true }
      // Operator intervention, such as a restart, and a lack of connections.
      return state.category == "57" || state.category == "53"
    }
  }

  private func connect() async throws(PostgresError) -> PostgresConnection {
    let connection = try await PostgresConnection.connect(configuration)
    for channel in channels { try await connection.listen(channel) }
    return connection
  }
}
