extension String: PostgresEncodable, PostgresDecodable {
  /// `text`.
  public static var postgresType: PostgresType { .text }

  /// Appends the string as UTF-8.
  public func encode(into buffer: inout [UInt8]) { buffer.append(contentsOf: utf8) }

  /// Reads any type that PostgreSQL sends as text: `text`, `varchar`, `char`, `name`, `json`,
  /// `jsonb` and enumerations.
  public init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) {
    switch type {
    case .text, .varchar, .json, .name, .bpchar, .unknown, .char:
      self = try Self.read(bytes)
    case .jsonb:
      // One byte that numbers the format comes before the text.
      self = try Self.read(bytes.extracting(droppingFirst: Swift.min(1, bytes.byteCount)))
    case _ where type.isUserDefined:
      self = try Self.read(bytes)
    default:
      throw .mismatch(type)
    }
  }

  private static func read(_ bytes: RawSpan) throws(PostgresDecodingFailure) -> String {
    let text = bytes.withUnsafeBytes { String(validating: $0, as: UTF8.self) }
    guard let text else { throw PostgresDecodingFailure("it is not valid UTF-8") }
    return text
  }
}

/// A JSON document as text, bound as `json` so that a statement needs no cast.
public struct PostgresJSON: PostgresEncodable, PostgresDecodable, Hashable {
  /// The document, exactly as it is or will be stored.
  public var text: String

  /// Wraps a document.
  public init(_ text: String) { self.text = text }

  /// `json`.
  public static var postgresType: PostgresType { .json }

  /// Appends the document as UTF-8.
  public func encode(into buffer: inout [UInt8]) { text.encode(into: &buffer) }

  /// Reads `json` or `jsonb`.
  public init(postgres bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) {
    guard type == .json || type == .jsonb else { throw .mismatch(type) }
    text = try String(postgres: bytes, type: type)
  }
}
