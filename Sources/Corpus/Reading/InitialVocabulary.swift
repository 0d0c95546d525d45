public import Casebook

/// A vocabulary with which a casebook begins: one that Dossier carries, or a file in the form of `vocabulary.yaml`.
public struct InitialVocabulary: Sendable {
  /// The names of those that Dossier carries; the first is taken unless another is asked for.
  public static let bundledNames = BundledFiles.vocabularies.map(\.path)

  private let file: String
  private let bytes: [UInt8]

  /// One that Dossier carries; nil when it carries none of that name.
  public init?(bundled name: String) {
    guard let found = BundledFiles.vocabularies.first(where: { $0.path == name }) else {
      return nil
    }
    self.init(file: name, bytes: found.bytes)
  }

  /// What `bytes` hold; `file` is named in messages.
  public init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
  }

  /// What defines its predicates in a new casebook.
  ///
  /// - Throws: `CorpusError` with line and field of everything that is wrong.
  public func commands(for content: CasebookContent) throws -> [any Command] {
    let log = ProblemLog()
    var entries: [Entry<Predicate>] = []
    if let text = FileText(bytes, of: file, log), let root = YAMLNode(text.text, of: file, log) {
      entries = VocabularyReader(file: file, log: log).read(root)
    }
    try log.check()
    var planner = ImportPlanner(
      try CasebookState.created(content), head: 1, ImportOptions(), ProblemLog(),
      progress: { _, _ in })
    return try planner.plan(vocabulary: entries).commands
  }
}
