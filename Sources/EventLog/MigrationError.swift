/// Why a database cannot be brought to the schema that this version of Dossier knows. Nothing was changed.
public enum MigrationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The migration was applied with another text than the one carried.
  case edited(String)
  /// A migration before one that is applied is not.
  case missing(String)
  /// The database has a migration that this version of Dossier does not know.
  case unknown(version: Int, name: String)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .edited(let file):
      "the migration \(file) was applied with another text than this version of Dossier carries; "
        + "use the version of Dossier that applied it"
    case .missing(let file):
      "the migration \(file) was never applied though later ones were; the database was not made by "
        + "Dossier alone, restore it from a backup"
    case .unknown(let version, let name):
      "the database has migration \(version) (\(name)), which this version of Dossier does not know; "
        + "upgrade Dossier"
    }
  }
}
