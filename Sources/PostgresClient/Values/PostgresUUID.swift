public import FoundationEssentials

extension UUID: PostgresEncodable, PostgresDecodable {
  /// `uuid`.
  public static var postgresType: PostgresType { .uuid }

  /// Appends sixteen bytes (RFC 9562).
  public func encode(into buffer: inout [UInt8]) {
    withUnsafeBytes(of: uuid) { buffer.append(contentsOf: $0) }
  }

  /// Reads sixteen bytes.
  public init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) {
    guard type == .uuid else { throw .mismatch(type) }
    guard bytes.byteCount == 16 else {
      throw PostgresDecodingFailure("it holds \(bytes.byteCount) bytes, not 16")
    }
    self.init(uuid: bytes.unsafeLoadUnaligned(as: uuid_t.self))
  }
}
