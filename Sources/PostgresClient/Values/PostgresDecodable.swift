/// A value that can be read from a column, in PostgreSQL's binary format.
public protocol PostgresDecodable: Sendable {
  /// Reads the value from a column's bytes.
  init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure)

  /// The value that stands for SQL's null; only optionals have one.
  static func decodeNull() throws(PostgresDecodingFailure) -> Self
}

extension PostgresDecodable {
  /// Refuses a null.
  public static func decodeNull() throws(PostgresDecodingFailure) -> Self {
    throw PostgresDecodingFailure("it is null")
  }
}

/// Why bytes cannot be read as the value asked for.
public struct PostgresDecodingFailure: Error, Sendable {
  /// The end of a sentence that begins with the column's name.
  public let reason: String

  /// Makes a failure from the end of a sentence, for example `it is null`.
  public init(_ reason: String) { self.reason = reason }

  /// The column's type is not one that the value can be read from.
  static func mismatch(_ type: PostgresType) -> PostgresDecodingFailure {
    PostgresDecodingFailure("its type has the object identifier \(type.rawValue)")
  }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
  /// Reads a value that is there.
  public init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) {
    self = .some(try Wrapped(postgres: bytes, type: type))
  }

  /// No value.
  public static func decodeNull() -> Self { nil }
}

extension RawSpan {
  /// Reads an integer in network byte order.
  func integer<T: FixedWidthInteger & BitwiseCopyable>(
    _: T.Type, at offset: Int = 0
  ) throws(PostgresDecodingFailure) -> T {
    guard offset >= 0, offset <= byteCount - MemoryLayout<T>.size else {
      throw PostgresDecodingFailure("it holds \(byteCount) bytes, which is too few")
    }
    return T(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: T.self))
  }
}
