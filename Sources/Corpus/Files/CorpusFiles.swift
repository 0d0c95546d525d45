public import Casebook

/// A casebook as a directory of files says it: what should be recorded.
public struct CorpusFiles: Sendable {
  /// The casebook.
  public var casebook: Entry<CasebookContent>
  /// The vocabulary in the order of its file.
  public var vocabulary: [Entry<Predicate>]
  /// The sources in the order of their file.
  public var sources: [SourceEntry]
  /// The cases in the order of their short names.
  public var cases: [CaseFile]
  /// The counts that sources state, in the order of their file.
  public var tabulations: [Entry<TabulationContent>]
  /// The moment of a casebook that they were written from; nil when nothing is known of it.
  public var export: ExportPoint?
  /// What is odd in the files but no reason to refuse them.
  public var warnings: [Problem] = []
}

/// Something with an id of its own, and where it stands.
public struct Entry<Content: Hashable & Sendable>: Sendable {
  /// Its id, stable within its file.
  public var id: String
  /// What it says.
  public var content: Content
  /// Where it stands.
  public var origin: Origin

  init(_ id: String, _ content: Content, _ origin: Origin) {
    self.id = id
    self.content = content
    self.origin = origin
  }
}

/// A source with its copies and what it derives from.
public struct SourceEntry: Sendable {
  /// The source; under its short name alone when it is only named.
  public var source: Entry<SourceContent>
  /// Whether the file only names it: it is registered where it is unknown, and left as it is where it is known.
  public var isOnlyNamed: Bool
  /// What was read of it.
  public var copies: [Entry<SourceCopy>]
  /// What it derives from.
  public var derivations: [Entry<SourceDerivation>]
}

/// What one file says of a case.
public struct CaseFile: Sendable {
  /// The case.
  public var file: Entry<CaseContent>
  /// The claims in the order of the file.
  public var claims: [ClaimEntry]
  /// The annotations in the order of the file.
  public var annotations: [AnnotationEntry]
  /// The disputes in the order of the file.
  public var disputes: [DisputeEntry]
  /// The conclusions in the order of the file.
  public var conclusions: [ConclusionEntry]
  /// Whether it is one with other cases, in the order of the file.
  public var identities: [IdentityEntry]
}

/// A claim of a file, with the defaults of its voice applied.
public struct ClaimEntry: Sendable {
  /// Its id within the file; nil when it has none yet.
  public var id: String?
  /// What it says.
  public var draft: ClaimDraft
  /// The works it refers to.
  public var citations: [CitationEntry]
  /// Where it stands.
  public var origin: Origin
}

/// A citation of a file.
public struct CitationEntry: Sendable {
  /// Its id within the file; nil when it has none yet.
  public var id: String?
  /// The source cited.
  public var work: Slug
  /// Where in the work.
  public var locator: String?
  /// The number of the note that cites it.
  public var note: String?
  /// How the work is used.
  public var role: CitationContent.Role
  /// Where it stands.
  public var origin: Origin
}

/// An annotation of a file.
public struct AnnotationEntry: Sendable {
  /// Its id within the file; nil when it has none yet.
  public var id: String?
  /// The id of the entry it is on; nil for the case itself.
  public var target: String?
  /// What it says.
  public var text: String
  /// Why it was written.
  public var motivation: Motivation?
  /// Words to find it by.
  public var tags: [String]
  /// The works it refers to.
  public var citations: [CitationEntry]
  /// Where it stands.
  public var origin: Origin
}

/// A dispute of a file.
public struct DisputeEntry: Sendable {
  /// Its id within the file; nil when it has none yet.
  public var id: String?
  /// The id of the claim disputed.
  public var claim: String
  /// Why.
  public var grounds: String
  /// The claim held against it: an id of this file, or `CASE/ID`.
  public var counter: String?
  /// Where it stands.
  public var origin: Origin
}
