/// Which statements a connection has prepared, by their text and the types of their values.
///
/// A statement is prepared when it is used for the second time: a program that runs each of its
/// statements once spends one round trip on each, and one that repeats them spares the server
/// the planning.
struct StatementCache {
  struct Key: Hashable {
    let sql: String
    let types: [PostgresType]
  }

  private struct Entry {
    /// Nil until the statement has been prepared.
    var name: String?
    var lastUse: UInt64
  }

  /// What to do with a statement.
  enum Decision: Equatable {
    /// Send it as it is.
    case sendText
    /// Prepare it under this name, then run it.
    case prepare(String)
    /// Run it by this name.
    case usePrepared(String)
  }

  private let capacity: Int
  private var entries: [Key: Entry] = [:]
  private var clock: UInt64 = 0
  private var namesGiven: UInt64 = 0

  init(capacity: Int) { self.capacity = max(1, capacity) }

  /// Decides how to run a statement; a name given here counts only once `didPrepare` is called.
  mutating func decide(_ key: Key) -> Decision {
    clock += 1
    guard let entry = entries[key] else {
      entries[key] = Entry(name: nil, lastUse: clock)
      return .sendText
    }
    entries[key]?.lastUse = clock
    if let name = entry.name { return .usePrepared(name) }
    namesGiven += 1
    return .prepare("dossier_\(namesGiven)")
  }

  /// Notes that the server has prepared a statement.
  mutating func didPrepare(_ key: Key, as name: String) {
    entries[key] = Entry(name: name, lastUse: clock)
  }

  /// Forgets a statement; it will be sent as text once and then prepared anew.
  mutating func forget(_ key: Key) { entries[key] = nil }

  /// Makes room by forgetting what was used longest ago; returns the names to release.
  mutating func evict() -> [String] {
    guard entries.count > capacity else { return [] }
    // A quarter at once, so that sorting is rare.
    let oldest = entries.sorted { $0.value.lastUse < $1.value.lastUse }
      .prefix(entries.count - capacity * 3 / 4)
    for (key, _) in oldest { entries[key] = nil }
    return oldest.compactMap(\.value.name)
  }
}
