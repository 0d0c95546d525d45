import EventLog
import PostgresClient

extension ViewStore {
  /// Folds a view afresh and compares it with what is stored: its rows, of every generation there is, and what is kept
  /// beside them. All of it as of one moment; reads only.
  ///
  /// - Throws: `ViewError.notBuilt` when there is nothing that readers see, and nothing wrong.
  public func check(
    _ projection: any Projection.Type, _ progress: (Int) -> Void = { _ in }
  ) async throws -> CheckReport {
    try await log.pool.transaction(isolation: .repeatableRead, readOnly: true) { connection in
      // It may have sent all it has long before that is folded.
      try await connection.query("SET LOCAL idle_in_transaction_session_timeout = 0")
      let generations = try await generations(of: projection, on: connection)
      let active = generations.first { $0.state == .active }
      let voidings = try await Voidings(log, casebook)
      var report = CheckReport(position: active?.position ?? 0)
      for difference in try await RecordCheck(self, projection, connection)
        .differences(generations)
      {
        report.note(difference)
      }
      for generation in generations {
        let done = try await slices(generation, of: projection, on: connection).done
        var rows = RowCheck(
          self, projection, generation, voidings, slices: done, addingTo: report)
        try await rows.run(connection) { if generation == active { progress($0) } }
        report = rows.report
      }
      guard active != nil || !report.isRight else {
        throw ViewError.notBuilt(view: projection.name)
      }
      return report
    }
  }
}
