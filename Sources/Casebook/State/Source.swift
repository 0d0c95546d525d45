/// A source as the events up to now leave it.
public struct Source: Hashable, Sendable {
  /// What is registered, amendments included.
  public internal(set) var content: SourceContent
  /// The copies read.
  public internal(set) var copies: [Recorded<SourceCopy>] = []
  /// The texts attached, each beside those before it; the last is the one that quotes are held against.
  public internal(set) var texts: [Recorded<TextAttachment>] = []
  /// The sources it derives from.
  public internal(set) var derivations: [Recorded<SourceDerivation>] = []
  /// How reliable it is, by the last analyst who said so.
  public internal(set) var grade: Recorded<SourceGrade>?
  /// Annotations, withdrawn ones included.
  public internal(set) var annotations = Annotations()
  /// When it was registered.
  public let registered: Stamp
  /// The position of the last event applied.
  public internal(set) var lastPosition: Int64
  /// The number of events in its stream, voided ones included.
  public internal(set) var version: Int64
  /// The mark of the import that registered or last amended it.
  public internal(set) var mark: ImportMark?
  /// True when the last amendment was not made by an import.
  public internal(set) var hasDiverged = false

  /// Its short name.
  public var slug: Slug { content.slug }
}

/// Something with the moment it was recorded.
public struct Recorded<Content: Hashable & Sendable>: Hashable, Sendable {
  /// What was recorded.
  public let content: Content
  /// The analyst's grounds, where they are kept beside it.
  public let grounds: String?
  /// The mark of the import that recorded it.
  public let mark: ImportMark?
  /// When it was recorded.
  public let recorded: Stamp
}
