import EventLog
import PostgresClient

extension ViewStore {
  /// Whether a view can answer for the prefix that ends at a position, having been carried on to it where it had not
  /// come so far.
  ///
  /// - Returns: false when it was not built, another version of it was, somebody holds it who does not let go, or the
  ///   person may not write it and nobody else has carried it on; the answer is then to be folded from the log.
  /// - Throws: `ViewError.damaged` when it does not hold what the log says.
  public func reaches(_ position: Int64, _ projection: any Projection.Type) async throws -> Bool {
    guard let active = try await activeGeneration(of: projection),
      active.viewVersion == projection.version
    else { return false }
    if active.position >= position { return true }
    do {
      // Whoever reads does not wait for somebody who keeps the view from being carried on.
      return try await catchUp(projection, to: position, patience: "2s") >= position
    } catch let error as PostgresError
      where [.insufficientPrivilege, .lockNotAvailable].contains(error.sqlState)
    {
      return false
    } catch ViewError.notBuilt {
      return false
    } catch ViewError.notAllowed {
      return false
    }
  }
}
