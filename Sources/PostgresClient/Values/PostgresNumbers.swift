extension Bool: PostgresEncodable, PostgresDecodable {
  /// `boolean`.
  public static var postgresType: PostgresType { .bool }

  /// Appends one byte.
  public func encode(into buffer: inout [UInt8]) { buffer.append(self ? 1 : 0) }

  /// Reads one byte.
  public init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) {
    guard type == .bool else { throw .mismatch(type) }
    self = try bytes.integer(UInt8.self) != 0
  }
}

extension FixedWidthInteger {
  /// Reads any of PostgreSQL's integers that fits.
  fileprivate static func readInteger(
    _ bytes: RawSpan, _ type: PostgresType
  ) throws(PostgresDecodingFailure) -> Self {
    let value: Int64
    switch type {
    case .int8: value = try bytes.integer(Int64.self)
    case .int4: value = Int64(try bytes.integer(Int32.self))
    case .int2: value = Int64(try bytes.integer(Int16.self))
    case .oid: value = Int64(try bytes.integer(UInt32.self))
    default: throw .mismatch(type)
    }
    guard let result = Self(exactly: value) else {
      throw PostgresDecodingFailure("\(value) is out of range")
    }
    return result
  }
}

extension Int: PostgresEncodable, PostgresDecodable {
  /// `bigint`.
  public static var postgresType: PostgresType { .int8 }

  /// Appends eight bytes.
  public func encode(into buffer: inout [UInt8]) { buffer.append(bigEndian: Int64(self)) }

  /// Reads `smallint`, `integer`, `bigint` or `oid`.
  public init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) {
    self = try Self.readInteger(bytes, type)
  }
}

extension Int64: PostgresEncodable, PostgresDecodable {
  /// `bigint`.
  public static var postgresType: PostgresType { .int8 }

  /// Appends eight bytes.
  public func encode(into buffer: inout [UInt8]) { buffer.append(bigEndian: self) }

  /// Reads `smallint`, `integer`, `bigint` or `oid`.
  public init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) {
    self = try Self.readInteger(bytes, type)
  }
}

extension Int32: PostgresEncodable, PostgresDecodable {
  /// `integer`.
  public static var postgresType: PostgresType { .int4 }

  /// Appends four bytes.
  public func encode(into buffer: inout [UInt8]) { buffer.append(bigEndian: self) }

  /// Reads any integer that fits.
  public init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) {
    self = try Self.readInteger(bytes, type)
  }
}

extension Int16: PostgresEncodable, PostgresDecodable {
  /// `smallint`.
  public static var postgresType: PostgresType { .int2 }

  /// Appends two bytes.
  public func encode(into buffer: inout [UInt8]) { buffer.append(bigEndian: self) }

  /// Reads any integer that fits.
  public init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) {
    self = try Self.readInteger(bytes, type)
  }
}

extension Double: PostgresEncodable, PostgresDecodable {
  /// `double precision`.
  public static var postgresType: PostgresType { .float8 }

  /// Appends eight bytes (IEEE 754).
  public func encode(into buffer: inout [UInt8]) { buffer.append(bigEndian: bitPattern) }

  /// Reads `double precision` or `real`.
  public init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) {
    switch type {
    case .float8: self = Double(bitPattern: try bytes.integer(UInt64.self))
    case .float4: self = Double(Float(bitPattern: try bytes.integer(UInt32.self)))
    default: throw .mismatch(type)
    }
  }
}
