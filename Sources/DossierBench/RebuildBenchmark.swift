import EventLog
import Foundation
import PostgresClient
import Views

/// A rebuild of the claims' view, against a COPY that brings the same events to the same program.
struct RebuildBenchmark: Benchmark {
  private let log: RebuildLog
  private let workers: Int
  private let target: Double

  /// Rebuilds with so many workers.
  init(_ log: RebuildLog, workers: Int, target: Double) {
    self.log = log
    self.workers = workers
    self.target = target
  }

  /// Rebuilds with one worker a processor.
  init(onEveryProcessor log: RebuildLog, target: Double) {
    self.init(log, workers: ProcessInfo.processInfo.activeProcessorCount, target: target)
  }

  var name: String { "rebuild of claim_view, \(log.events) events, workers: \(workers)" }

  func measure() async throws -> [Measurement] {
    let views = try await log.filled().views
    let times = try await Contest.medians(settle: log.settle) {
      _ = try await Rebuild(views, of: ClaimView.self, workers: workers).run { _ in }
    } against: {
      try await copyOut(views)
    }
    let events = Double(log.events)
    return [
      Measurement(
        name: name, value: events / times.measured, baseline: events / times.baseline,
        target: .atLeast(target), unit: "events/s")
    ]
  }

  private func copyOut(_ views: ViewStore) async throws {
    let copy = try views.log.pool.copyOut(
      """
      COPY (
        SELECT position, stream_kind, stream_id, stream_version, event_id, event_type,
          schema_version, voice_source_id, data, recorded_at, recorded_by, request_id, leaf_hash
        FROM dossier.event WHERE casebook_id = \(literal: views.casebook.uuidString)
      ) TO STDOUT
      """)
    var bytes = 0
    for try await piece in copy { bytes += piece.count }
    precondition(bytes > log.events, "the log is shorter than was said")
  }
}
