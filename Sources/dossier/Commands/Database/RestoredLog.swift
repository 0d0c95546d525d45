import EventLog
import PostgresClient

/// What verifying a casebook that was restored found.
struct RestoredLog {
  let slug: String
  let verification: Verification
  /// How many attached texts do not give their SHA-256.
  let damagedTexts: Int

  /// Verifies every casebook of a database.
  static func verifyAll(_ server: PostgresConfiguration) async throws -> [RestoredLog] {
    let log = EventLog(PostgresPool(server, maximumConnections: 1))
    var found: [RestoredLog] = []
    for casebook in try await log.casebooks() {
      found.append(
        RestoredLog(
          slug: casebook.slug, verification: try await log.verify(casebook.id),
          damagedTexts: try await log.verifyTexts(of: casebook.id).values.count { !$0 }))
    }
    await log.pool.close()
    return found
  }

  /// Refuses a log that is not what it was when it was written.
  func requireIntact(in file: String) throws(Failure) {
    guard let fault = verification.firstFault else { return }
    throw Failure(
      .badInput,
      "the log of \(slug) in \(file) does not verify: @\(fault.position): \(fault.problem). Nothing was "
        + "changed; restore an older backup, and compare")
  }
}
