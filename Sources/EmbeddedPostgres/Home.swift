import Glibc

/// Where a cluster is kept.
enum Home {
  static func standard(environment: [String: String], person: Account) -> String {
    if let home = environment["DOSSIER_HOME"], !home.isEmpty { return home }
    if person.isRoot { return "/var/lib/dossier" }
    // The specification has relative paths ignored.
    if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") { return data + "/dossier" }
    let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? person.home
    return home + "/.local/share/dossier"
  }

  /// The absolute path without `.`, `..` or symbolic links, of which the last parts need not exist.
  ///
  /// The socket's name is made from it, so one directory must not have two spellings, nor another
  /// one before it exists than after.
  static func resolved(_ path: String) throws(EmbeddedPostgresError) -> String {
    guard !path.isEmpty, !path.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
      throw .unusableHome(path)
    }
    var existing = path.hasPrefix("/") ? path : "./" + path
    var missing: [Substring] = []
    while true {
      if let real = realpath(existing, nil) {
        defer { free(real) }
        return joined(String(cString: real), missing)
      }
      guard errno == ENOENT else {
        throw .cannotUse(path: existing, reason: SystemError.current)
      }
      let (parent, name) = split(existing)
      // Nothing can be said about the parent of what does not exist.
      guard name != ".." else { throw .cannotUse(path: path, reason: SystemError(ENOENT)) }
      if name != "." { missing.insert(name, at: 0) }
      existing = parent
    }
  }

  /// Sixteen hexadecimal digits that stand for a path: FNV-1a, 64 bits.
  static func fingerprint(of path: String) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in path.utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private static func joined(_ path: String, _ names: [Substring]) -> String {
    names.reduce(path) { $0 == "/" ? "/" + $1 : $0 + "/" + $1 }
  }

  private static func split(_ path: String) -> (parent: String, name: Substring) {
    var end = path.endIndex
    while end > path.startIndex, path[path.index(before: end)] == "/" {
      end = path.index(before: end)
    }
    let trimmed = path[..<end]
    guard let slash = trimmed.lastIndex(of: "/") else { return (".", trimmed) }
    let parent = slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
    return (parent, trimmed[trimmed.index(after: slash)...])
  }
}
