/// A statement and the values bound to it.
///
/// Interpolating a value **binds** it; it never becomes part of the SQL text:
///
/// ```swift
/// let rows = try await connection.query(
///   "SELECT position FROM event WHERE casebook_id = \(id) AND position > \(position)")
/// ```
///
/// Text that must become SQL says so: `\(identifier: name)` quotes a name, `\(raw: sql)` inserts
/// SQL as it stands, and `\(query)` inserts another query together with its values.
public struct PostgresQuery: Sendable {
  /// A value as it will be sent.
  struct Parameter: Sendable {
    let type: PostgresType
    /// Where its bytes lie in the buffer; nil for a null.
    let bytes: Range<Int>?
  }

  /// The SQL around the values: always one piece more than there are values.
  private(set) var pieces: [String] = [""]
  private(set) var parameters: [Parameter] = []
  private(set) var buffer: [UInt8] = []

  /// A query without values, from text that must be trusted.
  public init(raw sql: String) { pieces = [sql] }

  /// The SQL text, with `$1`, `$2`, … where the values are bound.
  public var sql: String {
    guard pieces.count > 1 else { return pieces[0] }
    var text = pieces[0]
    for index in 1..<pieces.count {
      text += "$\(index)"
      text += pieces[index]
    }
    return text
  }

  /// Appends SQL text as it stands.
  mutating func append(raw sql: String) {
    pieces[pieces.count - 1] += sql
  }

  /// Binds a value.
  mutating func append(value: some PostgresEncodable) {
    var bytes: Range<Int>?
    if !value.isNull {
      let start = buffer.count
      value.encode(into: &buffer)
      bytes = start..<buffer.count
    }
    parameters.append(Parameter(type: type(of: value).postgresType, bytes: bytes))
    pieces.append("")
  }

  /// Binds a value that is in the binary format of its type already; nil is a null.
  public mutating func append(binary bytes: (some Sequence<UInt8>)?, _ type: PostgresType) {
    let start = buffer.count
    if let bytes { buffer += bytes }
    parameters.append(Parameter(type: type, bytes: bytes == nil ? nil : start..<buffer.count))
    pieces.append("")
  }

  /// Appends another query with its values, which are numbered on.
  public mutating func append(_ other: PostgresQuery) {
    pieces[pieces.count - 1] += other.pieces[0]
    pieces += other.pieces.dropFirst()
    let base = buffer.count
    buffer += other.buffer
    parameters += other.parameters.map { parameter in
      Parameter(
        type: parameter.type,
        bytes: parameter.bytes.map { $0.lowerBound + base..<$0.upperBound + base })
    }
  }

  /// A text constant, which means the same whatever `standard_conforming_strings` says.
  static func quoted(literal: String) -> String {
    var quoted = literal.unicodeScalars.contains("\\") ? " E'" : "'"
    for scalar in literal.unicodeScalars {
      if scalar == "'" || scalar == "\\" { quoted.unicodeScalars.append(scalar) }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "'"
  }

  /// A name in double quotes, with the quotes inside it doubled.
  static func quoted(identifier: String) -> String {
    var quoted = "\""
    for scalar in identifier.unicodeScalars {
      if scalar == "\"" { quoted.unicodeScalars.append(scalar) }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}

extension PostgresQuery: ExpressibleByStringInterpolation {
  /// Collects the text and the values of a query.
  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var query = PostgresQuery(raw: "")

    /// Starts an empty query.
    public init(literalCapacity: Int, interpolationCount: Int) {}

    /// Appends SQL text.
    public mutating func appendLiteral(_ literal: String) { query.append(raw: literal) }

    /// Binds a value.
    public mutating func appendInterpolation(_ value: some PostgresEncodable) {
      query.append(value: value)
    }

    /// Inserts another query with its values.
    public mutating func appendInterpolation(_ other: PostgresQuery) { query.append(other) }

    /// Inserts SQL as it stands; the caller vouches for it.
    public mutating func appendInterpolation(raw sql: String) { query.append(raw: sql) }

    /// Inserts a quoted text constant, for statements that take no bound values.
    public mutating func appendInterpolation(literal: String) {
      query.append(raw: PostgresQuery.quoted(literal: literal))
    }

    /// Inserts a quoted name.
    public mutating func appendInterpolation(identifier: String) {
      query.append(raw: PostgresQuery.quoted(identifier: identifier))
    }
  }

  /// A query without values.
  public init(stringLiteral sql: String) { self.init(raw: sql) }

  /// A query with the values that were interpolated.
  public init(stringInterpolation: StringInterpolation) { self = stringInterpolation.query }
}
