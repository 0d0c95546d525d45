public import Casebook
public import EventLog
public import struct FoundationEssentials.UUID

/// One casebook in the log: folds prefixes of it for readers and carries out requests of writers.
public struct CasebookStore: Sendable {
  /// The log that holds it.
  public let log: EventLog
  /// The casebook's identifier.
  public let casebookID: UUID
  /// The casebook's short name.
  public let slug: Slug
  /// How it was restored from an export, where that is known; nil when it was created here.
  public let imported: ImportRecord?

  /// The casebook `slug`, whose identifier is `casebookID`, in `log`.
  public init(log: EventLog, casebookID: UUID, slug: Slug, imported: ImportRecord? = nil) {
    self.log = log
    self.casebookID = casebookID
    self.slug = slug
    self.imported = imported
  }

  /// The casebook's own stream: its vocabulary, its tabulations, and which events are set aside.
  var ownStream: StreamID { StreamID(.casebook, slug.text) }
}
