import Casebook
import Synchronization

/// Names in texts, by every reading that their spelling can have.
enum NameKeys {
  /// Shorter keys would find too much.
  private static let shortest = 3
  /// What a row can hold; nobody writes so many names, or one so long.
  private static let most = 2_000, longest = 60

  /// The keys of all words with a capital, as they are stored: sorted, each once, marked so that they are no words.
  static func all(in texts: [String]) -> [String] {
    var keys: Set<String> = []
    for word in texts.lazy.flatMap(TextKey.stretches) where word.first?.isUppercase == true {
      keys.formUnion(stored(String(word)))
      if keys.count >= most { break }
    }
    return keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The keys under which a word that may be a name is looked for; empty when it is too short to tell one. How a Slavic
  /// name may be romanised is only asked of a word that shows that it is one.
  static func sought(_ word: some StringProtocol) -> Set<String> {
    let names = names(word)
    return names.reduce(into: []) { keys, name in
      keys.formUnion(plainKeys(name))
      if name.speaksSlavic { keys.formUnion(slavicKeys(name)) }
    }
  }

  /// All keys of a word. The same names stand in row after row, so what was read is remembered.
  private static func stored(_ word: String) -> Set<String> {
    if let known = remembered.withLock({ $0[word] }) { return known }
    let keys = names(word).reduce(into: Set<String>()) {
      $0.formUnion(plainKeys($1).union(slavicKeys($1)))
    }
    remembered.withLock { known in
      if known.count >= 20_000 { known.removeAll(keepingCapacity: true) }
      known[word] = keys
    }
    return keys
  }

  private static let remembered = Mutex<[String: Set<String>]>([:])

  /// The name that a word is, and those of which it may be another case.
  private static func names(_ word: some StringProtocol) -> [NameWord] {
    var word = String(word)
    for ending in ["'s", "’s"] where word.hasSuffix(ending) { word.removeLast(2) }
    return ([word] + Declension.nominatives(of: word)).map { NameWord($0) }
  }

  private static func plainKeys(_ word: NameWord) -> Set<String> { marked(word.plainReadings, "~") }

  private static func slavicKeys(_ word: NameWord) -> Set<String> {
    marked(word.slavicReadings, "~~")
  }

  private static func marked(_ readings: some Sequence<String>, _ mark: String) -> Set<String> {
    Set(
      readings.lazy.filter { shortest...longest ~= $0.count && $0.utf8.count <= 4 * longest }
        .map { mark + $0 })
  }
}
