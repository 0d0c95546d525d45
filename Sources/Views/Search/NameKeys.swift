import Casebook

/// Names in texts, by what their spellings have in common.
enum NameKeys {
  /// Shorter keys would find too much.
  private static let shortest = 3
  /// What a row can hold; nobody writes so many names, or one so long.
  private static let most = 2_000, longest = 60

  /// The keys of all words with a capital, as they are stored: sorted, each once, marked so that they are no words.
  static func all(in texts: [String]) -> [String] {
    var keys: Set<String> = []
    for word in texts.lazy.flatMap(TextKey.stretches) where word.first?.isUppercase == true {
      if let key = key(of: word) { keys.insert(key) }
      if keys.count == most { break }
    }
    return keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The key of a word that may be a name; nil when it is too short to tell one.
  static func key(of word: some StringProtocol) -> String? {
    var word = String(word)
    for ending in ["'s", "’s"] where word.hasSuffix(ending) { word.removeLast(2) }
    let key = NameKey(word).words.joined()
    return shortest...longest ~= key.count && key.utf8.count <= 4 * longest ? "~\(key)" : nil
  }
}
