import Casebook
import EventLog
import PostgresClient

/// The event at which a view stands still because it cannot be applied.
public struct Fault: Hashable, Sendable, CustomStringConvertible {
  /// Where it is.
  public let position: Int64
  /// Its type.
  public let type: String
  /// What is wrong with it.
  public let problem: String

  /// The event, what is wrong and what to do.
  public var description: String { EvolveError(position: position, message: problem).description }
}

extension ViewStore {
  /// The event at which a view stands still; nil when it goes on.
  public func fault(of projection: any Projection.Type) async throws -> Fault? {
    try await log.pool.query(
      """
      SELECT position, event_type, problem FROM dossier.projection_fault
      WHERE casebook_id = \(casebook) AND view = \(projection.name)
      """
    ).first.map { row throws(PostgresError) in
      let (position, type, problem) = try row.decode((Int64, String, String).self)
      return Fault(position: position, type: type, problem: problem)
    }
  }
}
