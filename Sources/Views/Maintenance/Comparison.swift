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
  public private(set) var oldRows = 0, newRows = 0
  /// How many homes differ.
  public private(set) var differing = 0
  /// The first of them.
  public private(set) var differences: [Difference] = []
  private var oldHash: UInt64 = 0
  private var newHash: UInt64 = 0

  init(position: Int64) { self.position = position }

  /// The digest over the old rows, in hexadecimal digits: the exclusive or of what PostgreSQL's extended hash makes of
  /// every row. Rows differ in their key, so that none cancels another out.
  public var oldDigest: String { Self.hexadecimal(oldHash) }
  /// The same over the new rows.
  public var newDigest: String { Self.hexadecimal(newHash) }

  private static func hexadecimal(_ hash: UInt64) -> String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// What is said of it in the history of jobs.
  var summary: String {
    differing == 0
      ? "\(newRows) rows, the same as before at @\(position)"
      : "\(newRows) rows, \(oldRows) before; \(differing) cases or sources differ at @\(position), the first "
        + "\(differences[0].home)"
  }

  /// Takes in a home, with the number and the hash of its rows in each.
  fileprivate mutating func add(
    _ home: String, old: (rows: Int, hash: UInt64), new: (rows: Int, hash: UInt64)
  ) {
    oldRows += old.rows
    newRows += new.rows
    oldHash ^= old.hash
    newHash ^= new.hash
    guard old != new else { return }
    differing += 1
    differences.append(Difference(home: home, oldRows: old.rows, newRows: new.rows))
    keepFirst()
  }

  /// Takes in what was found among other homes at the same position.
  mutating func add(_ other: Comparison) {
    oldRows += other.oldRows
    newRows += other.newRows
    oldHash ^= other.oldHash
    newHash ^= other.newHash
    differing += other.differing
    differences += other.differences
    keepFirst()
  }

  private mutating func keepFirst() {
    differences.sort { $0.home < $1.home }
    differences = Array(differences.prefix(Self.limit))
  }
}

extension ViewStore {
  /// Compares the homes of a range in two generations, as of a position that both have reached.
  nonisolated(nonsending) func compare(
    _ projection: any Projection.Type, _ old: Generation, with new: Generation,
    in range: HomeRange, at position: Int64, on connection: PostgresConnection
  ) async throws -> Comparison {
    var comparison = Comparison(position: position)
    for try await row in connection.stream(
      comparing(projection, old.id, new.id, in: range, at: position))
    {
      let (home, oldRows, newRows, oldHash, newHash) = try row.decode(
        (String, Int64, Int64, Int64?, Int64?).self)
      comparison.add(
        home, old: (Int(oldRows), UInt64(bitPattern: oldHash ?? 0)),
        new: (Int(newRows), UInt64(bitPattern: newHash ?? 0)))
    }
    return comparison
  }

  private func comparing(
    _ projection: any Projection.Type, _ old: Int64, _ new: Int64, in range: HomeRange,
    at position: Int64
  ) -> PostgresQuery {
    let names = projection.columns.map { "\"\($0.name)\"" }
    let home = projection.homeColumns == 1 ? names[0] : "\(names[0]) || ' ' || \(names[1])"
    // JSON has no hash of its own.
    let columns = zip(projection.columns, names).map { $0.type == .json ? "\($1)::text" : $1 }
    // A row that ends later is still current as of this position. OFFSET 0 has rows hashed before they are sorted; each
    // generation is looked up by itself, because of two at once the index would be read from end to end.
    func rows(of generation: Int64) -> PostgresQuery {
      """
      (SELECT \(generation) AS generation, \(raw: home) AS home,
        hash_record_extended(
          ROW(from_position, CASE WHEN to_position <= \(position) THEN to_position END,
            \(raw: columns.joined(separator: ", "))), 0) AS row
      FROM \(raw: "dossier.\(projection.name)")
      WHERE casebook_id = \(casebook) AND generation_id = \(generation)
        AND from_position <= \(position) AND \(range.condition(on: projection))
      OFFSET 0)
      """
    }
    return """
      SELECT home,
        count(*) FILTER (WHERE generation = \(old)), count(*) FILTER (WHERE generation = \(new)),
        bit_xor(row) FILTER (WHERE generation = \(old)),
        bit_xor(row) FILTER (WHERE generation = \(new))
      FROM (\(rows(of: old)) UNION ALL \(rows(of: new))) r
      GROUP BY home
      """
  }
}
