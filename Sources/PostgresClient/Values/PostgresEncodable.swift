/// A value that can be bound to a statement, in PostgreSQL's binary format.
public protocol PostgresEncodable: Sendable {
  /// The data type that the server is told.
  static var postgresType: PostgresType { get }

  /// Whether the value is SQL's null.
  var isNull: Bool { get }

  /// Appends the value's bytes, without their length; never called for a null.
  func encode(into buffer: inout [UInt8])
}

extension PostgresEncodable {
  /// Only an optional can be null.
  public var isNull: Bool { false }
}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
  /// The data type of the value, when there is one.
  public static var postgresType: PostgresType { Wrapped.postgresType }

  /// Whether there is no value.
  public var isNull: Bool { self == nil }

  /// Appends the value's bytes.
  public func encode(into buffer: inout [UInt8]) { self?.encode(into: &buffer) }
}

extension Array where Element == UInt8 {
  /// Appends an integer in network byte order.
  mutating func append<T: FixedWidthInteger>(bigEndian value: T) {
    Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
  }

  /// Appends a value as it stands in an array or a binary COPY: its length, or -1 for a null, and
  /// its bytes.
  mutating func append(counted value: some PostgresEncodable) {
    guard !value.isNull else { return append(bigEndian: Int32(-1)) }
    let start = count
    append(bigEndian: Int32(0))
    value.encode(into: &self)
    let length = Int32(count - start - 4).bigEndian
    withUnsafeMutableBytes { $0.storeBytes(of: length, toByteOffset: start, as: Int32.self) }
  }
}
