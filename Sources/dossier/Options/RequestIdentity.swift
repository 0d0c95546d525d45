import struct FoundationEssentials.UUID

/// Reads the identity of a request.
enum RequestIdentity {
  static func read(_ text: String) throws -> UUID {
    guard let id = UUID(uuidString: text) else {
      throw Failure(.usage, "\"\(text)\" is not a UUID. Make one with: uuidgen")
    }
    return id
  }
}
