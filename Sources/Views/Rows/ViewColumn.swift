/// A column of a view, named as in its table.
public struct ViewColumn: Hashable, Sendable {
  /// The types that columns have.
  public enum ValueType: Sendable {
    case text, integer, bigint, boolean, date, timestamp, texts, json
  }

  /// Its name.
  public let name: String
  /// The type of its values.
  public let type: ValueType

  /// The column `name`.
  public init(_ name: String, _ type: ValueType) {
    self.name = name
    self.type = type
  }
}
