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
  /// When it was restored from an export; nil when it was created here.
  public let importedAt: Instant?
  /// What the connected person may do with it; nil for auditors, who read everything.
  public let access: Access?
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
}
