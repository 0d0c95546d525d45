import EventLog
import PostgresClient
import Views

import struct FoundationEssentials.UUID

/// Carrying the claims' view on by one event, against the INSERT of one row into a plain table.
struct CatchUpBenchmark: Benchmark {
  private static let turns = 200

  let name = "catch-up of claim_view by one event"
  private let laboratory: Laboratory

  init(_ laboratory: Laboratory) { self.laboratory = laboratory }

  func measure() async throws -> [Measurement] {
    let configuration = try await laboratory.createDatabase("catch_up")
    try await laboratory.asSuperuser(in: "catch_up") { try await PlainTable.create(on: $0) }
    let pool = PostgresPool(configuration, maximumConnections: 2)
    let log = EventLog(pool)
    let casebook = try await SampleCasebook("book", in: log)
    let views = ViewStore(log, casebook: casebook.id)
    _ = try await Rebuild(views, of: ClaimView.self, workers: 1).run { _ in }
    let caseLength = SampleCasebook.claimsPerCase + 1
    var times: (catchUp: [Double], insert: [Double]) = ([], [])
    for turn in 0..<Self.turns * 2 {
      let event = try SampleCasebook.caseEvent(
        "case-\(turn / caseLength)", number: turn % caseLength)
      _ = try await casebook.append([event])
      let row = PlainTable.Row(
        casebook: casebook.id, position: Int64(turn + 1),
        streamVersion: Int64(turn % caseLength + 1), event: event, requestID: UUID())
      let catchUp = try await Contest.seconds { _ = try await views.catchUp(ClaimView.self) }
      let insert = try await Contest.seconds { try await PlainTable.insert(row, through: pool) }
      // The first half warms up.
      guard turn >= Self.turns else { continue }
      times.catchUp.append(catchUp)
      times.insert.append(insert)
    }
    await pool.close()
    return [
      Measurement(
        name: name, value: Contest.median(times.catchUp) * 1_000,
        baseline: Contest.median(times.insert) * 1_000, target: .atMost(5), unit: "ms")
    ]
  }
}
