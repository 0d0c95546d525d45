import Calendar
import Crypto
import struct FoundationEssentials.UUID

/// The hash of an event's leaf in the Merkle tree of its casebook (RFC 6962): SHA-256 over a zero byte and the lines of
/// `dossier-event/v1`. The database computes the same in `dossier.leaf_hash`.
enum LeafHash {
  static func of(_ event: RecordedEvent, in casebook: UUID) -> [UInt8] {
    let dataHash = Hex.text(SHA256.hash(data: Array(event.data.utf8)))
    let lines: [String] = [
      "dossier-event/v1", casebook.text, "\(event.position)", event.id.text,
      event.stream.kind.rawValue, event.stream.id, "\(event.streamVersion)", event.type,
      "\(event.schemaVersion)", event.voice ?? "-", "\(event.recordedAt.microseconds)",
      event.recordedBy, event.requestID.text, dataHash,
    ]
    return of(leaf: Array(lines.map { "\($0)\n" }.joined().utf8))
  }

  /// The hash of a leaf (RFC 6962, section 2.1).
  static func of(leaf: [UInt8]) -> [UInt8] {
    Array(SHA256.hash(data: [0] + leaf))
  }
}

extension UUID {
  /// The identifier as PostgreSQL writes it.
  var text: String { uuidString.lowercased() }
}

/// Hexadecimal digits, lower-case.
enum Hex {
  private static let digits = Array("0123456789abcdef".utf8)

  static func text(_ bytes: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  static func bytes(_ text: String) -> [UInt8]? {
    guard text.utf8.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    var high: Int?
    for digit in text.utf8 {
      guard let value = digits.firstIndex(of: digit) else { return nil }
      if let first = high {
        bytes.append(UInt8(first << 4 | value))
        high = nil
      } else {
        high = value
      }
    }
    return bytes
  }
}
