import PostgresClient

extension EventLog {
  /// The channel on which appends are announced.
  public static let channel = "dossier_log"

  /// Wakes whoever follows the log. It is a hint only, and sent after the append: a NOTIFY that belongs to a transaction
  /// makes the commits of all casebooks queue. Whoever misses it looks for itself before long, so nothing is said when
  /// it cannot be sent.
  public func announce() async {
    _ = try? await pool.query("NOTIFY \(identifier: Self.channel)")
  }
}
