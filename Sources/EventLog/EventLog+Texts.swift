public import struct FoundationEssentials.UUID
import PostgresClient

/// A text to be kept beside the log, in parts that give the whole when they are put together.
public struct KeptText: Hashable, Sendable {
  /// SHA-256 of the whole, lower-case hexadecimal.
  public let sha256: String
  /// The parts, in order.
  public let parts: [String]

  /// The text that these parts make up.
  public init(sha256: String, parts: [String]) {
    self.sha256 = sha256
    self.parts = parts
  }
}

extension EventLog {
  /// Keeps a text in a casebook.
  ///
  /// - Returns: whether it was not kept before.
  /// - Throws: `EventLogError` when the person may not write, or the parts do not give the digest.
  @discardableResult
  public func keep(_ text: KeptText, in casebook: UUID) async throws -> Bool {
    try await translating { () throws(PostgresError) in
      let rows = try await pool.query(Self.keeping(text, casebook))
      return try rows[0].decode(Bool.self, at: 0)
    }
  }

  static func keeping(_ text: KeptText, _ casebook: UUID) -> PostgresQuery {
    "SELECT dossier.keep_text(\(casebook), decode(\(text.sha256), 'hex'), \(text.parts))"
  }

  /// The whole of a text; nil when it is not kept.
  public func text(_ sha256: String, of casebook: UUID) async throws -> String? {
    let rows = try await pool.query(
      """
      SELECT text FROM dossier.source_text
      WHERE casebook_id = \(casebook) AND sha256 = decode(\(sha256), 'hex')
      ORDER BY part
      """)
    guard !rows.isEmpty else { return nil }
    return try rows.map { row throws(PostgresError) in try row.decode(String.self, at: 0) }.joined()
  }

  /// Recomputes the SHA-256 of every text of a casebook.
  ///
  /// - Returns: for each text kept, lower-case hexadecimal, whether it is still what it was.
  public func verifyTexts(of casebook: UUID) async throws -> [String: Bool] {
    let rows = try await pool.query(
      "SELECT sha256, recomputed FROM dossier.text_digests(\(casebook))")
    return try Dictionary(
      rows.map { row throws(PostgresError) in
        let (digest, recomputed) = try row.decode(([UInt8], [UInt8]).self)
        return (Hex.text(digest), digest == recomputed)
      }, uniquingKeysWith: { first, _ in first })
  }

}
