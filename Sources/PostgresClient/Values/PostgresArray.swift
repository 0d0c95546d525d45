/// A value that an array can hold.
///
/// `UInt8` is one of them because an array of bytes is not a PostgreSQL array but a `bytea`.
public protocol PostgresArrayElement: Sendable {
  /// The type of an array of such values.
  static var postgresArrayType: PostgresType { get }

  /// Appends a whole array.
  static func encode(array: [Self], into buffer: inout [UInt8])

  /// Reads a whole array.
  static func decodeArray(
    _ bytes: RawSpan, type: PostgresType
  ) throws(PostgresDecodingFailure) -> [Self]
}

extension PostgresArrayElement where Self: PostgresEncodable & PostgresDecodable {
  /// Appends a one-dimensional array, nulls included.
  public static func encode(array: [Self], into buffer: inout [UInt8]) {
    buffer.append(bigEndian: Int32(array.isEmpty ? 0 : 1))
    buffer.append(bigEndian: Int32(array.contains(where: \.isNull) ? 1 : 0))
    buffer.append(bigEndian: postgresType.rawValue)
    guard !array.isEmpty else { return }
    buffer.append(bigEndian: Int32(array.count))
    buffer.append(bigEndian: Int32(1))
    for element in array { buffer.append(counted: element) }
  }

  /// Reads an array of one dimension, or an empty one.
  public static func decodeArray(
    _ bytes: RawSpan, type: PostgresType
  ) throws(PostgresDecodingFailure) -> [Self] {
    // Every array begins alike; whether it is one is told by the type of its elements, which
    // they check themselves. A scalar is refused here.
    guard type.isArray || type.isUserDefined else { throw .mismatch(type) }
    let dimensions = try bytes.integer(Int32.self)
    if dimensions == 0 { return [] }
    guard dimensions == 1 else {
      throw PostgresDecodingFailure("it is an array of \(dimensions) dimensions")
    }
    let elementType = PostgresType(rawValue: try bytes.integer(UInt32.self, at: 8))
    let count = Int(try bytes.integer(Int32.self, at: 12))
    var offset = 20
    var result: [Self] = []
    result.reserveCapacity(min(count, bytes.byteCount / 4))
    for _ in 0..<max(0, count) {
      let length = Int(try bytes.integer(Int32.self, at: offset))
      offset += 4
      if length < 0 {
        result.append(try decodeNull())
      } else {
        guard length <= bytes.byteCount - offset else {
          throw PostgresDecodingFailure("the array is cut short")
        }
        let element = bytes.extracting(offset..<offset + length)
        result.append(try Self(postgres: element, type: elementType))
        offset += length
      }
    }
    return result
  }
}

extension PostgresType {
  /// Whether this is one of the arrays that a value of ours can be read from.
  fileprivate var isArray: Bool {
    switch self {
    case .boolArray, .byteaArray, .nameArray, .int2Array, .int4Array, .textArray, .int8Array,
      .float8Array, .jsonArray, .dateArray, .timestamptzArray, .uuidArray:
      true
    // bpchar[], varchar[], oid[], real[], jsonb[]
    case _ where [1014, 1015, 1028, 1021, 3807].contains(rawValue): true
    default: false
    }
  }
}

extension Array: PostgresEncodable where Element: PostgresArrayElement {
  /// The type of the whole array.
  public static var postgresType: PostgresType { Element.postgresArrayType }

  /// Appends the whole array.
  public func encode(into buffer: inout [UInt8]) {
    Element.encode(array: self, into: &buffer)
  }
}

extension Array: PostgresDecodable where Element: PostgresArrayElement {
  /// Reads a whole array.
  public init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) {
    self = try Element.decodeArray(bytes, type: type)
  }
}

extension UInt8: PostgresArrayElement {
  /// `bytea`.
  public static var postgresArrayType: PostgresType { .bytea }

  /// Appends the bytes as they are.
  public static func encode(array: [UInt8], into buffer: inout [UInt8]) {
    buffer.append(contentsOf: array)
  }

  /// Reads the bytes as they are.
  public static func decodeArray(
    _ bytes: RawSpan, type: PostgresType
  ) throws(PostgresDecodingFailure) -> [UInt8] {
    guard type == .bytea else { throw .mismatch(type) }
    return bytes.withUnsafeBytes { Array($0) }
  }
}
