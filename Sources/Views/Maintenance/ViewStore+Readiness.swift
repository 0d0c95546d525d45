import EventLog
import PostgresClient

extension ViewStore {
  /// How far a view comes towards a position, having been built or carried on where the person may do that.
  ///
  /// - Returns: `position`, or less when the person may not write it.
  /// - Throws: `ViewError.notYoursToBuild` when there are no rows of this version and the person may not make them.
  public func prepare(
    _ projection: any Projection.Type, for position: Int64, building: () -> Void
  ) async throws -> Int64 {
    let active = try await built(projection, building)
    guard active.position < position else { return position }
    do {
      return min(try await catchUp(projection, to: position), position)
    } catch ViewError.notAllowed {
      return active.position
    } catch let error where Self.isRefusal(error) {
      return active.position
    }
  }

  /// The rows as they stand, built now if there are none of this version.
  ///
  /// - Throws: `ViewError.notYoursToBuild` when the person may not build them.
  public func built(
    _ projection: any Projection.Type, _ building: () -> Void
  ) async throws -> Generation {
    if let active = try await activeGeneration(of: projection),
      active.viewVersion == projection.version
    {
      return active
    }
    do {
      try await requireMaintainer(of: projection)
      building()
      return try await Rebuild(self, of: projection, workers: 1).run { _ in }.generation
    } catch ViewError.notAllowed {
      throw try await notBuilt(projection)
    } catch let error where Self.isRefusal(error) {
      throw try await notBuilt(projection)
    }
  }

  /// Waits until others have carried a view on to a position.
  ///
  /// - Throws: `ViewError.notBuilt` or `.notYoursToBuild` when there are no rows of this version; `ViewError.notKept` when
  ///   nobody keeps it.
  public func wait(for projection: any Projection.Type, toReach position: Int64) async throws {
    let wakeUps = PostgresSubscription(
      log.pool.configuration, channels: [EventLog.channel], quietAfter: .milliseconds(200))
    for try await _ in wakeUps {
      guard let active = try await activeGeneration(of: projection),
        active.viewVersion == projection.version
      else { throw try await notBuilt(projection) }
      if active.position >= position { return }
      guard try await runner(of: projection) != nil else {
        throw ViewError.notKept(view: projection.name)
      }
    }
  }

  /// Whether somebody may not write what they may read.
  private static func isRefusal(_ error: any Error) -> Bool {
    let cause = (error as? PostgresTransactionError)?.cause ?? error as? PostgresError
    return cause?.sqlState == .insufficientPrivilege
  }
}
