import EventLog
import PostgresClient

import struct FoundationEssentials.UUID

/// Appends of a thousand events each, as an import makes them, against a COPY of the same rows.
struct BatchBenchmark: Benchmark {
  private static let batchSize = 1_000
  private static let batchesPerTurn = 5

  let name = "append, batches of 1000"
  private let laboratory: Laboratory

  init(_ laboratory: Laboratory) { self.laboratory = laboratory }

  func measure() async throws -> [Measurement] {
    let configuration = try await laboratory.createDatabase("batch")
    try await laboratory.asSuperuser(in: "batch") { try await PlainTable.create(on: $0) }
    let pool = PostgresPool(configuration, maximumConnections: 1)
    let casebook = try await SampleCasebook("book", in: EventLog(pool))
    var appended = try Batches(casebook)
    var copied = appended
    try await laboratory.settle("batch")
    let times = try await Contest.medians {
      for _ in 0..<Self.batchesPerTurn {
        _ = try await casebook.append(appended.next().map(\.event))
      }
    } against: {
      for _ in 0..<Self.batchesPerTurn {
        try await PlainTable.copy(copied.next(), through: pool)
      }
    }
    await pool.close()
    let events = Double(Self.batchSize * Self.batchesPerTurn)
    return [
      Measurement(
        name: name, value: events / times.measured, baseline: events / times.baseline,
        target: .atLeast(0.4), unit: "events/s")
    ]
  }

  /// Rows of one case after the other, made beforehand.
  private struct Batches {
    private let batches: [[PlainTable.Row]]
    private var index = 0

    init(_ casebook: SampleCasebook) throws {
      let caseLength = SampleCasebook.claimsPerCase + 1
      batches = try (0..<batchesPerTurn * (Contest.rounds + 1)).map { batch in
        let requestID = UUID()
        return try (batch * batchSize..<(batch + 1) * batchSize).map { number in
          PlainTable.Row(
            casebook: casebook.id, position: Int64(number + 1),
            streamVersion: Int64(number % caseLength + 1),
            event: try SampleCasebook.caseEvent(
              "case-\(number / caseLength)", number: number % caseLength),
            requestID: requestID)
        }
      }
    }

    mutating func next() -> [PlainTable.Row] {
      defer { index += 1 }
      return batches[index]
    }
  }
}
