import Casebook

/// Reads references joined by commas.
enum References {
  static func items(_ text: String) throws -> [ItemReference] {
    try text.split(separator: ",").map { try ItemReference(String($0)) }
  }

  static func all(_ text: String) throws -> [Reference] {
    try text.split(separator: ",").map { try Reference(String($0)) }
  }
}
