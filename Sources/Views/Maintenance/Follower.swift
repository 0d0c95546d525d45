import EventLog
import PostgresClient

/// Keeps views up to date while it runs. Of several at work on the same view one does it; another takes over when that
/// one ends, however it ends.
public struct Follower: Sendable {
  /// What it has to tell.
  public enum Happening: Sendable {
    /// It keeps this view from now on.
    case tookOver(String)
    /// The view is the fold of the log up to this position now.
    case advanced(String, to: Int64)
    /// The view stands still at an event that cannot be applied.
    case stopped(String, Fault)
    /// The view cannot be carried on, for another reason.
    case failed(String, String)
    /// The server is away; it is tried again.
    case disconnected(String)
  }

  private let casebooks: [ViewStore]
  private let projections: [any Projection.Type]
  private let interval: Duration

  /// Keeps `projections` of `casebooks`, looking for events at least every `interval`, and at once when somebody
  /// announces some.
  public init(
    _ casebooks: [ViewStore], _ projections: [any Projection.Type], interval: Duration
  ) {
    self.casebooks = casebooks
    self.projections = projections
    self.interval = interval
  }

  /// Runs until the task is cancelled. When the server goes away it connects again, waiting longer after each failure.
  ///
  /// - Throws: `PostgresError` when the server refuses the log-in; `ViewError.notAllowed` or `PostgresError` when the
  ///   person may not write the views.
  public func run(_ tell: @escaping @Sendable (Happening) -> Void) async throws {
    guard let configuration = casebooks.first?.log.pool.configuration else { return }
    var pause = Duration.milliseconds(100)
    var hasConnected = false
    while !Task.isCancelled {
      do {
        try await follow(configuration) { happening in
          tell(happening)
        } connected: {
          hasConnected = true
          pause = .milliseconds(100)
        }
      } catch let error where hasConnected && Self.mayPass(error) {
        tell(.disconnected("\(error)"))
        try? await Task.sleep(for: pause * Double.random(in: 0.5...1))
        pause = min(pause * 2, .seconds(10))
      } catch let error as PostgresError where error.kind == .cancelled {
        return
      } catch is CancellationError {
        return
      }
    }
  }

  /// Whether the same attempt may succeed later: the server is away, starting or stopping, or short of something.
  private static func mayPass(_ error: any Error) -> Bool {
    let cause = (error as? PostgresTransactionError)?.cause ?? error as? PostgresError
    guard let cause else { return false }
    return cause.isConnectionFailure || ["57", "53"].contains(cause.sqlState?.category)
  }

  // MARK: One connection's life

  private func follow(
    _ configuration: PostgresConfiguration, _ tell: (Happening) -> Void, connected: () -> Void
  ) async throws {
    let locks = try await PostgresConnection.connect(configuration)
    do {
      var duties = casebooks.flatMap { views in
        projections.map { Duty(views: views, projection: $0) }
      }
      let wakeUps = PostgresSubscription(
        configuration, channels: [EventLog.channel], quietAfter: interval)
      for try await _ in wakeUps {
        connected()
        for index in duties.indices { try await duties[index].look(locks, tell) }
      }
    } catch {
      // The locks go with the connection, and a row about a runner says nothing without its lock.
      await locks.close()
      throw error
    }
    await locks.close()
  }
}

/// One view of one casebook, and what has been told of it.
private struct Duty {
  let views: ViewStore
  let projection: any Projection.Type
  private var isHeld = false
  private var told: String?

  init(views: ViewStore, projection: any Projection.Type) {
    self.views = views
    self.projection = projection
  }

  /// Takes the view over if nobody else has it, and carries it on to the end of the log.
  mutating func look(
    _ locks: PostgresConnection, _ tell: (Follower.Happening) -> Void
  ) async throws {
    if !isHeld {
      guard try await ViewLock(.follow, projection, of: views.casebook).take(locks) else { return }
      isHeld = true
      tell(.tookOver(projection.name))
    }
    try await views.noteRunner(of: projection, locks)
    do {
      if try await views.activeGeneration(of: projection) == nil {
        _ = try await Rebuild(views, of: projection, workers: 1).run { _ in }
      }
      let before = try await views.activeGeneration(of: projection)?.position
      let position = try await views.catchUp(projection)
      if told == nil || position != before {
        say("@\(position)", .advanced(projection.name, to: position), tell)
      }
      if let fault = try await views.fault(of: projection) {
        say(fault.description, .stopped(projection.name, fault), tell)
      }
    } catch let error as ViewError where error != .notAllowed(view: projection.name) {
      // Other views go on.
      say(error.description, .failed(projection.name, error.description), tell)
    }
  }

  private mutating func say(
    _ text: String, _ happening: Follower.Happening, _ tell: (Follower.Happening) -> Void
  ) {
    guard told != text else { return }
    told = text
    tell(happening)
  }
}
