import Casebook

/// Reads references joined by commas.
enum References {
  static func items(_ text: String) throws -> [ItemReference] {
    try list(text).map { try ItemReference($0) }
  }

  static func all(_ text: String) throws -> [Reference] {
    try list(text).map { try Reference($0) }
  }

  static func slugs(_ text: String) throws -> [Slug] {
    try list(text).map { try Slug($0) }
  }

  /// The words of a list; spaces around them are left out.
  ///
  /// - Throws: `Failure` for an empty place and for a word that stands there twice.
  static func list(_ text: String) throws(Failure) -> [String] {
    var words: [String] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let word = part.split(separator: " ").joined(separator: " ")
      guard !word.isEmpty else {
        throw Failure(.usage, "the list \"\(text)\" has an empty place. Check its commas")
      }
      guard !words.contains(word) else {
        throw Failure(.usage, "the list \"\(text)\" names \(word) twice. Name it once")
      }
      words.append(word)
    }
    return words
  }
}
