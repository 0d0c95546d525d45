public import Calendar
import EventLog
import PostgresClient

/// A rebuild as it is remembered.
public struct Job: Hashable, Sendable {
  /// How it ended, if it did.
  public enum Outcome: String, Sendable {
    case running, switched, interrupted, failed
  }

  /// Its number within the casebook's server.
  public let id: Int64
  /// When it began.
  public let startedAt: Instant
  /// Who began it.
  public let startedBy: String
  /// When it ended; nil while it runs.
  public let finishedAt: Instant?
  /// How it ended.
  public let outcome: Outcome
  /// Where the old generation stood, and the new one.
  public let from, to: Int64
  /// How many events it folded.
  public let events: Int
  /// How many workers it had.
  public let workers: Int
  /// What is to be said of the outcome.
  public let detail: String?

  /// Events folded a second, once it has ended.
  public var rate: Double? {
    guard let finishedAt, finishedAt.microseconds > startedAt.microseconds else { return nil }
    return Double(events) * 1e6 / Double(finishedAt.microseconds - startedAt.microseconds)
  }
}

extension ViewStore {
  /// The last rebuild of a view; nil when there was none.
  public func lastJob(of projection: any Projection.Type) async throws -> Job? {
    let row = try await log.pool.query(
      """
      SELECT job_id, started_at, started_by, finished_at, outcome, from_position, to_position,
        events, workers, detail
      FROM dossier.projection_job
      WHERE casebook_id = \(casebook) AND view = \(projection.name)
      ORDER BY job_id DESC LIMIT 1
      """
    ).first
    guard let row else { return nil }
    let (id, started, by, finished, outcome, from, to, events, workers, detail) = try row.decode(
      (
        Int64, PostgresTimestamp, String, PostgresTimestamp?, String, Int64, Int64, Int64, Int32,
        String?
      ).self)
    return Job(
      id: id, startedAt: Instant(microseconds: started.microsecondsSinceUnixEpoch), startedBy: by,
      finishedAt: finished.map { Instant(microseconds: $0.microsecondsSinceUnixEpoch) },
      outcome: Job.Outcome(rawValue: outcome) ?? .failed, from: from, to: to, events: Int(events),
      workers: Int(workers), detail: detail)
  }

  /// Begins the record of a rebuild into a generation. Whoever does it holds the view: others that say they are running
  /// were killed, and are said to be interrupted.
  func beginJob(
    of projection: any Projection.Type, _ generation: Generation, workers: Int
  ) async throws -> Int64 {
    try await log.pool.query(
      """
      SELECT dossier.begin_job(
        \(casebook), \(projection.name), \(generation.id), \(Int32(workers)))
      """)[0].decode(Int64.self, at: 0)
  }

  func end(
    _ job: Int64, _ outcome: Job.Outcome, _ generation: Generation, events: Int, _ detail: String?
  ) async throws {
    try await log.pool.query(
      """
      SELECT dossier.end_job(
        \(casebook), \(job), \(outcome.rawValue), \(generation.id), \(Int64(events)),
        \(detail as String?))
      """)
  }
}
