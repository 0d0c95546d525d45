public import FoundationEssentials

extension Array: PostgresArrayElement where Element == UInt8 {
  /// `bytea[]`.
  public static var postgresArrayType: PostgresType { .byteaArray }
}

extension Optional: PostgresArrayElement
where Wrapped: PostgresArrayElement & PostgresEncodable & PostgresDecodable {
  /// The type of an array of the values.
  public static var postgresArrayType: PostgresType { Wrapped.postgresArrayType }
}

extension Bool: PostgresArrayElement {
  /// `boolean[]`.
  public static var postgresArrayType: PostgresType { .boolArray }
}

extension Int: PostgresArrayElement {
  /// `bigint[]`.
  public static var postgresArrayType: PostgresType { .int8Array }
}

extension Int64: PostgresArrayElement {
  /// `bigint[]`.
  public static var postgresArrayType: PostgresType { .int8Array }
}

extension Int32: PostgresArrayElement {
  /// `integer[]`.
  public static var postgresArrayType: PostgresType { .int4Array }
}

extension Int16: PostgresArrayElement {
  /// `smallint[]`.
  public static var postgresArrayType: PostgresType { .int2Array }
}

extension Double: PostgresArrayElement {
  /// `double precision[]`.
  public static var postgresArrayType: PostgresType { .float8Array }
}

extension String: PostgresArrayElement {
  /// `text[]`.
  public static var postgresArrayType: PostgresType { .textArray }
}

extension PostgresJSON: PostgresArrayElement {
  /// `json[]`.
  public static var postgresArrayType: PostgresType { .jsonArray }
}

extension PostgresTimestamp: PostgresArrayElement {
  /// `timestamp with time zone[]`.
  public static var postgresArrayType: PostgresType { .timestamptzArray }
}

extension PostgresDate: PostgresArrayElement {
  /// `date[]`.
  public static var postgresArrayType: PostgresType { .dateArray }
}

extension UUID: PostgresArrayElement {
  /// `uuid[]`.
  public static var postgresArrayType: PostgresType { .uuidArray }
}
