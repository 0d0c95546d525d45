import Crypto
import EventLog
import PostgresClient

/// The rows of two generations of a view, compared at the same position.
public struct Comparison: Hashable, Sendable {
  /// A case, source or casebook of which the two tell otherwise.
  public struct Difference: Hashable, Sendable {
    /// Its short name, with its kind where the view has several.
    public let home: String
    /// How many rows each has of it.
    public let oldRows, newRows: Int
  }

  /// How many differences are kept.
  static let limit = 20

  /// The position at which they were compared.
  public let position: Int64
  /// How many rows each has, those of the past included.
  public internal(set) var oldRows = 0, newRows = 0
  /// SHA-256 over each one's homes in order, with the number and the hash of their rows, in hexadecimal digits.
  public internal(set) var oldDigest = "", newDigest = ""
  /// How many homes differ.
  public internal(set) var differing = 0
  /// The first of them.
  public internal(set) var differences: [Difference] = []

  /// What is said of it in the history of jobs.
  var summary: String {
    differing == 0
      ? "\(newRows) rows, the same as before at @\(position)"
      : "\(newRows) rows, \(oldRows) before; \(differing) homes differ at @\(position), the first "
        + "\(differences[0].home)"
  }
}

extension ViewStore {
  /// Compares two generations, as of the last position that both have reached: how many rows there are, a digest over
  /// them, and which cases differ. The server may take so many processes for it.
  func compare(
    _ projection: any Projection.Type, _ old: Generation, with new: Generation, workers: Int
  ) async throws -> Comparison {
    try await log.pool.transaction { connection in
      // Compiling the statement takes longer than a small comparison, and every process would do it.
      try await connection.execute(
        script: """
          SET LOCAL jit = off;
          SET LOCAL max_parallel_workers_per_gather = \(workers - 1)
          """)
      var comparison = Comparison(position: min(old.position, new.position))
      var (oldHash, newHash) = (SHA256(), SHA256())
      for try await row in connection.stream(
        comparing(projection, old.id, new.id, at: comparison.position))
      {
        let (home, oldRows, newRows, oldDigest, newDigest) = try row.decode(
          (String, Int64, Int64, Int64?, Int64?).self)
        comparison.oldRows += Int(oldRows)
        comparison.newRows += Int(newRows)
        if let oldDigest { oldHash.update(data: Array("\(home) \(oldRows) \(oldDigest)\n".utf8)) }
        if let newDigest { newHash.update(data: Array("\(home) \(newRows) \(newDigest)\n".utf8)) }
        if oldRows != newRows || oldDigest != newDigest {
          comparison.differing += 1
          if comparison.differences.count < Comparison.limit {
            comparison.differences.append(
              .init(home: home, oldRows: Int(oldRows), newRows: Int(newRows)))
          }
        }
      }
      comparison.oldDigest = Self.hexadecimal(oldHash.finalize())
      comparison.newDigest = Self.hexadecimal(newHash.finalize())
      return comparison
    }
  }

  private func comparing(
    _ projection: any Projection.Type, _ old: Int64, _ new: Int64, at position: Int64
  ) -> PostgresQuery {
    let names = projection.columns.map { "\"\($0.name)\"" }
    let home = projection.homeColumns == 1 ? names[0] : "\(names[0]) || ' ' || \(names[1])"
    // JSON has no hash of its own.
    let columns = zip(projection.columns, names).map { $0.type == .json ? "\($1)::text" : $1 }
    // Rows differ in their key, so that none cancels another out. A row that ends later is still current as of this
    // position.
    return """
      SELECT home,
        count(*) FILTER (WHERE generation_id = \(old)),
        count(*) FILTER (WHERE generation_id = \(new)),
        bit_xor(row) FILTER (WHERE generation_id = \(old)),
        bit_xor(row) FILTER (WHERE generation_id = \(new))
      FROM (
        SELECT generation_id, \(raw: home) AS home,
          hash_record_extended(
            ROW(from_position, CASE WHEN to_position <= \(position) THEN to_position END,
              \(raw: columns.joined(separator: ", "))), 0) AS row
        FROM \(raw: "dossier.\(projection.name)")
        WHERE casebook_id = \(casebook) AND generation_id IN (\(old), \(new))
          AND from_position <= \(position)) r
      GROUP BY home ORDER BY home COLLATE "C"
      """
  }

  private static func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
    digest.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0\(digits)" : digits
    }.joined()
  }
}
