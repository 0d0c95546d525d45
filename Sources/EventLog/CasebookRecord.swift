public import Calendar
public import struct FoundationEssentials.UUID

/// A casebook as the database keeps it.
public struct CasebookRecord: Hashable, Sendable {
  /// Its identifier, part of every key and of every leaf.
  public let id: UUID
  /// Its short name.
  public let slug: String
  /// Its title.
  public let title: String
  /// When it was created.
  public let createdAt: Instant
  /// Who created it.
  public let createdBy: String
  /// What the connected person may do with it; nil for auditors, who read everything.
  public let access: Access?
  /// How it was restored from an export; nil when it was created here.
  public let imported: ImportRecord?
}

/// The restoring of a casebook from an export. Who recorded what was in it is known from the file alone: nobody here saw
/// those persons log in.
public struct ImportRecord: Hashable, Sendable {
  /// When.
  public let at: Instant
  /// The role that was logged in.
  public let by: String
  /// The last position that came from the file.
  public let upTo: Int64

  /// An import of the positions up to `upTo`.
  public init(at: Instant, by: String, upTo: Int64) {
    self.at = at
    self.by = by
    self.upTo = upTo
  }
}

/// What a member may do with a casebook.
public enum Access: String, Hashable, Sendable, CaseIterable {
  case read, write, admin
}

/// A login role with access to a casebook.
public struct Member: Hashable, Sendable {
  /// The role.
  public let role: String
  /// What it may do.
  public let access: Access
  /// When it was given that access.
  public let grantedAt: Instant
  /// By whom.
  public let grantedBy: String
  /// How the login that was given it stands.
  public let login: Login

  /// How the login of a member stands.
  public enum Login: String, Hashable, Sendable {
    /// It is there and can be used.
    case usable
    /// It is there and cannot be used: it is locked, has run out, or is a superuser's.
    case unusable
    /// The role was renamed or dropped, whoever bears its name now: the access is nobody's.
    case gone
  }
}
