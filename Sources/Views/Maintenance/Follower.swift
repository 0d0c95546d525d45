import Casebook
public import CasebookStore
public import EventLog
import PostgresClient
import struct FoundationEssentials.UUID

/// Keeps views up to date while it runs. Of several at work on the same view one does it; another takes over when that
/// one ends, however it ends.
public struct Follower: Sendable {
  /// What it has to tell.
  public enum Happening: Sendable {
    /// It keeps this view from now on.
    case tookOver(String)
    /// The view is the fold of the log up to this position now.
    case advanced(String, to: Int64)
    /// A stream stands still in the view, at an event that cannot be read or applied.
    case stopped(String, Fault)
    /// The view cannot be carried on, for another reason.
    case failed(String, String)
    /// The server is away; it is tried again.
    case disconnected(String)
  }

  /// Takes what happens and the short name of the casebook where it does; nil when it concerns all.
  public typealias Tell = @Sendable (_ casebook: String?, Happening) -> Void

  private let log: EventLog
  private let casebook: CasebookStore?
  private let projections: [any Projection.Type]
  private let interval: Duration

  /// Keeps `projections` of `casebook`, looking for events at least every `interval`, and at once when somebody
  /// announces some.
  public init(
    _ casebook: CasebookStore, _ projections: [any Projection.Type], interval: Duration
  ) {
    log = casebook.log
    self.casebook = casebook
    self.projections = projections
    self.interval = interval
  }

  /// The same for every casebook of `log` whose views the person may write, those to come included.
  public init(_ log: EventLog, _ projections: [any Projection.Type], interval: Duration) {
    self.log = log
    casebook = nil
    self.projections = projections
    self.interval = interval
  }

  /// Runs until the task is cancelled. When the server goes away it connects again, waiting longer after each failure.
  ///
  /// - Throws: `PostgresError` when the server refuses the log-in; `ViewError.notAllowed` when the person may not write
  ///   the views.
  public func run(_ tell: @escaping Tell) async throws {
    var pause = Duration.milliseconds(100)
    var hasConnected = false
    while !Task.isCancelled {
      do {
        try await follow(tell) {
          hasConnected = true
          pause = .milliseconds(100)
        }
      } catch _ where Task.isCancelled {
        // Told to stop, it stops, whatever it was at, and however what it was at says so.
        return
      } catch let error where hasConnected && Self.mayPass(error) {
        tell(nil, .disconnected("\(error)"))
        try? await Task.sleep(for: pause * Double.random(in: 0.5...1))
        pause = min(pause * 2, .seconds(10))
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

  private func follow(_ tell: Tell, connected: () -> Void) async throws {
    let configuration = log.pool.configuration
    let locks = try await PostgresConnection.connect(configuration)
    do {
      var duties: [Duty] = []
      let wakeUps = PostgresSubscription(
        configuration, channels: [EventLog.channel], quietAfter: interval)
      for try await _ in wakeUps {
        connected()
        try await update(&duties)
        for index in duties.indices { try await duties[index].look(locks, tell) }
      }
    } catch {
      // The locks go with the connection, and a row about a runner says nothing without its lock.
      await locks.close()
      throw error
    }
    await locks.close()
  }

  /// Adds the views of casebooks that are new, and leaves those of which the person may no longer write.
  private func update(_ duties: inout [Duty]) async throws {
    if let casebook {
      if duties.isEmpty { add(casebook.slug.text, casebook.casebookID, to: &duties) }
      return
    }
    let there = try await log.maintainableCasebooks()
    duties.removeAll { !there.contains($0.views.casebook) }
    let known = Set(duties.map(\.views.casebook))
    guard !there.isSubset(of: known) else { return }
    for record in try await log.casebooks()
    where there.contains(record.id) && !known.contains(record.id) {
      add(record.slug, record.id, to: &duties)
    }
  }

  private func add(_ name: String, _ id: UUID, to duties: inout [Duty]) {
    let views = ViewStore(log, casebook: id)
    duties += projections.map { Duty(casebook: name, views: views, projection: $0) }
  }
}

/// One view of one casebook, and what has been told of it.
private struct Duty {
  let casebook: String
  let views: ViewStore
  let projection: any Projection.Type
  private var isHeld = false
  private var told: String?
  private var faults: [Fault] = []

  init(casebook: String, views: ViewStore, projection: any Projection.Type) {
    self.casebook = casebook
    self.views = views
    self.projection = projection
  }

  /// Takes the view over if nobody else has it, and carries it on to the end of the log.
  mutating func look(_ locks: PostgresConnection, _ tell: Follower.Tell) async throws {
    let wasHeld = isHeld
    isHeld = try await views.translatingRefusal(of: projection) {
      try await ViewLock(.follow, projection, of: views.casebook).take(locks)
    }
    guard isHeld else { return }
    if !wasHeld { tell(casebook, .tookOver(projection.name)) }
    do {
      if try await views.activeGeneration(of: projection) == nil {
        _ = try await Rebuild(views, of: projection, workers: 1).run { _ in }
      }
      let before = try await views.activeGeneration(of: projection)?.position
      let position = try await views.catchUp(projection)
      if told == nil || position != before {
        say("@\(position)", .advanced(projection.name, to: position), tell)
      }
      let now = try await views.faults(of: projection)
      for fault in now where !faults.contains(fault) {
        tell(casebook, .stopped(projection.name, fault))
      }
      faults = now
    } catch let error as ViewError where error != .notAllowed(view: projection.name) {
      // Other views go on.
      say(error.description, .failed(projection.name, error.description), tell)
    }
  }

  private mutating func say(
    _ text: String, _ happening: Follower.Happening, _ tell: Follower.Tell
  ) {
    guard told != text else { return }
    told = text
    tell(casebook, happening)
  }
}
