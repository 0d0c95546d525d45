import EventLog
import PostgresClient
import Synchronization

import struct FoundationEssentials.UUID

/// Somebody who writes a case of their own: each event once to the log and once to the plain table.
final class CaseWriter: Sendable {
  private let casebook: SampleCasebook
  private let pool: PostgresPool
  /// What is written in each turn, made beforehand so that making it takes no time then.
  private let turns: [[NewEvent]]
  private let appendedTurns = Atomic(0)
  private let insertedTurns = Atomic(0)

  /// Prepares what will be written to a case: so many events a turn, in so many turns.
  init(
    of slug: String, in casebook: SampleCasebook, through pool: PostgresPool, events: Int,
    turns: Int
  ) throws {
    self.casebook = casebook
    self.pool = pool
    self.turns = try (0..<turns).map { turn in
      try (0..<events).map { try SampleCasebook.caseEvent(slug, number: turn * events + $0) }
    }
  }

  /// Appends the events of the next turn one by one, each on the version that the last one left.
  func appendNextTurn() async throws {
    let log = EventLog(pool)
    let turn = appendedTurns.add(1, ordering: .relaxed).oldValue
    for (index, event) in turns[turn].enumerated() {
      _ = try await log.append(
        AppendRequest(
          casebookID: casebook.id, requestID: UUID(), commandHash: SampleCasebook.commandHash,
          expectedVersions: [event.stream: version(turn, index)], events: [event]))
    }
  }

  /// Inserts the events of the next turn one by one.
  func insertNextTurn() async throws {
    let turn = insertedTurns.add(1, ordering: .relaxed).oldValue
    for (index, event) in turns[turn].enumerated() {
      try await PlainTable.insert(
        PlainTable.Row(
          casebook: casebook.id, position: casebook.nextPlainPosition(),
          streamVersion: version(turn, index) + 1, event: event, requestID: UUID()),
        through: pool)
    }
  }

  private func version(_ turn: Int, _ index: Int) -> Int64 {
    Int64(turn * turns[turn].count + index)
  }
}
