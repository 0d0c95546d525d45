/// What a check of a view found.
public struct CheckReport: Hashable, Sendable {
  /// Where stored rows and a fresh fold tell otherwise.
  public struct Difference: Hashable, Sendable {
    /// The case, source or casebook; the table, when it is a record.
    public let home: String
    /// The stretch and the key of the row, for people.
    public let row: String
    /// The column; nil when the whole row is missing or should not be there.
    public let column: String?
    /// What is stored and what the log says; nil for null or no row.
    public let stored, expected: String?
  }

  /// The position at which it was checked.
  public let position: Int64
  /// How many rows there should be, those of the past included.
  public internal(set) var rows = 0
  /// How many homes differ.
  public internal(set) var differing = 0
  /// How many of the records that are kept beside the rows (generations, their slices, faults, rebuilds, names of
  /// positions) are not what they should be.
  public internal(set) var records = 0
  /// The first difference.
  public internal(set) var first: Difference?

  /// Whether all is as it should be.
  public var isRight: Bool { differing == 0 && records == 0 }
}

extension CheckReport {
  /// Takes in a record that is not what it should be.
  mutating func note(_ record: Difference) {
    records += 1
    if first == nil { first = record }
  }

  /// Takes in the rows of a home, stored and folded afresh.
  mutating func note(
    _ home: Home, _ projection: any Projection.Type, stored: [Stretch], fresh: [Stretch]
  ) {
    let order: (Stretch, Stretch) -> Bool = { left, right in
      left.row.key == right.row.key
        ? left.from < right.from : left.row.key.lexicographicallyPrecedes(right.row.key)
    }
    let stored = stored.sorted(by: order)
    let fresh = fresh.sorted(by: order)
    guard stored != fresh else { return }
    differing += 1
    guard first == nil else { return }
    let index =
      zip(stored, fresh).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      ?? min(stored.count, fresh.count)
    let one = index < stored.count ? stored[index] : nil
    let other = index < fresh.count ? fresh[index] : nil
    first = Self.difference(home, projection, stored: one, fresh: other)
  }

  private static func difference(
    _ home: Home, _ projection: any Projection.Type, stored: Stretch?, fresh: Stretch?
  ) -> Difference? {
    guard let shown = fresh ?? stored else { return nil }
    let key = shown.row.texts(projection).prefix(projection.keyColumns)
      .dropFirst(projection.homeColumns).compactMap { $0 }
    let row = (key + ["from @\(shown.from)"]).joined(separator: " ")
    guard let stored, let fresh, stored.row.key == fresh.row.key else {
      return Difference(
        home: home.text, row: row, column: nil,
        stored: stored == nil || fresh != nil ? nil : "a row",
        expected: fresh == nil ? nil : "a row")
    }
    let names = ["from_position", "to_position"] + projection.columns.map(\.name)
    let left = ["\(stored.from)", stored.to.map { "\($0)" }] + stored.row.texts(projection)
    let right = ["\(fresh.from)", fresh.to.map { "\($0)" }] + fresh.row.texts(projection)
    let index = names.indices.first { left[$0] != right[$0] } ?? 0
    return Difference(
      home: home.text, row: row, column: names[index], stored: left[index], expected: right[index])
  }
}
