/// Why a database cannot be brought to the schema that this version of Dossier knows. Nothing was changed.
public enum MigrationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The migration was applied with another text than the one carried.
  case edited(String)
  /// A migration before one that is applied is not.
  case missing(String)
  /// The database has a migration that this version of Dossier does not know.
  case unknown(version: Int, name: String)
  /// Others use what the migration changes, and have not ended while it waited.
  case blocked(String, by: [Blocker])

  /// Somebody in whose transaction tables of Dossier are locked.
  public struct Blocker: Hashable, Sendable {
    /// The server process of the session; nil for a prepared transaction.
    public let process: Int32?
    /// The name of the prepared transaction.
    public let prepared: String?
    /// Who it is.
    public let role: String
    /// The program, as it calls itself.
    public let program: String

    /// The session of the server process `process`, or else the transaction `prepared`.
    public init(process: Int32?, prepared: String?, role: String, program: String) {
      self.process = process
      self.prepared = prepared
      self.role = role
      self.program = program
    }
  }

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
    case .blocked(let file, let blockers):
      "the migration \(file) cannot begin while others are using what it changes, and nothing of it was "
        + "applied: "
        + (blockers.isEmpty
          ? "they have ended meanwhile" : blockers.map(\.words).joined(separator: "; "))
        + ". Let them finish, or end them, and repeat"
    }
  }
}

extension MigrationError.Blocker {
  /// Who it is, and how to end it.
  fileprivate var words: String {
    if let prepared {
      return "\(role) has prepared a transaction (ROLLBACK PREPARED '\(prepared)' ends it)"
    }
    let by = program.isEmpty ? role : "\(role) with \(program)"
    return "\(by) has a transaction open (SELECT pg_terminate_backend(\(process ?? 0)) ends it)"
  }
}
