public import Calendar

/// A position of the log with a name, and the schema of that name in which the views stand as they were there.
public struct Snapshot: Hashable, Sendable {
  /// Its name, which is the schema's.
  public let name: String
  /// The position.
  public let position: Int64
  /// When it was named.
  public let savedAt: Instant
  /// By whom.
  public let savedBy: String

  /// Whether a text can be the name of a schema without quotation marks: a small letter, then small letters, digits and
  /// underscores, 63 at most, and neither `pg_…` nor a schema that there always is.
  public static func isName(_ text: String) -> Bool {
    let letters = Set("abcdefghijklmnopqrstuvwxyz")
    guard let first = text.unicodeScalars.first, letters.contains(Character(first)) else {
      return false
    }
    return text.utf8.count <= 63 && !text.hasPrefix("pg_")
      && !["dossier", "public", "information_schema"].contains(text)
      && text.allSatisfy { letters.contains($0) || "0123456789_".contains($0) }
  }
}
