import EventLog
import PostgresClient

/// How a view of a casebook stands.
public struct ViewStatus: Sendable {
  /// What is to be said of it first.
  public enum Condition: String, Sendable {
    /// There are no rows to read.
    case notBuilt = "not built"
    /// Another version of the view folded it.
    case outdated
    /// There are events that it does not know.
    case behind
    /// It is the fold of the whole log.
    case current
  }

  /// The view.
  public let projection: any Projection.Type
  /// The generation that readers see; nil before the first build.
  public let generation: Generation?
  /// The last position of the log.
  public let head: Int64
  /// The events at which streams stand still in it, in the order of the log. Every other stream goes on.
  public let faults: [Fault]
  /// The last rebuild.
  public let lastJob: Job?
  /// Whether a process rebuilds it now.
  public let isBeingRebuilt: Bool
  /// Who keeps it up to date; nil when nobody does.
  public let runner: Runner?
  /// A generation that an interrupted rebuild left, with which the next one goes on.
  public let unfinished: Generation?

  /// How many events it does not know.
  public var behind: Int64 { head - (generation?.position ?? 0) }

  /// What is to be said of it first.
  public var condition: Condition {
    guard let generation else { return .notBuilt }
    if generation.viewVersion != projection.version { return .outdated }
    return behind > 0 ? .behind : .current
  }
}

extension ViewStore {
  /// How a view stands.
  public func status(of projection: any Projection.Type) async throws -> ViewStatus {
    let isBeingRebuilt = try await runner(of: projection, for: .rebuild) != nil
    let active = try await activeGeneration(of: projection)
    let others = try await generations(of: projection).filter {
      $0.id != active?.id && $0.state != .retired && $0.viewVersion == projection.version
    }
    return ViewStatus(
      projection: projection, generation: active, head: try await head(),
      faults: try await faults(of: projection), lastJob: try await lastJob(of: projection),
      isBeingRebuilt: isBeingRebuilt, runner: try await runner(of: projection),
      unfinished: isBeingRebuilt ? nil : others.first)
  }
}
