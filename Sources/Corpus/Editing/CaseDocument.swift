public import Casebook

/// A case, or what one source says about it, as a text to be edited: the form of its file. What is changed in it
/// becomes commands against the state that the text was made from.
public struct CaseDocument: Sendable {
  /// The case as it was.
  public let file: Case
  /// The text to edit.
  public let text: String

  /// The only voice shown; nil shows all.
  let source: Slug?
  let ids: CaseIDs

  /// The document of `file`, with the vocabulary and the sources of `state`: all of it, or one voice. `counters`
  /// are the ids of claims that disputes point to and the text does not show.
  init(
    _ file: Case, in state: CasebookState, source: Slug? = nil,
    counters: [ItemReference: String] = [:]
  ) {
    self.file = file
    self.source = source
    var text = CaseText(file, in: state, only: source)
    text.counters = counters
    ids = text.ids
    self.text = text.text
  }

  /// What the editor's file is called in messages.
  public var name: String { "\(file.slug).yaml" }

  /// Reads an edited text.
  ///
  /// - Throws: `CorpusError` with line and field of everything that is wrong.
  func read(_ edited: String) throws(CorpusError) -> CaseFile {
    let log = ProblemLog()
    var entry: CaseFile?
    if let text = FileText(Array(edited.utf8), of: name, log),
      let root = YAMLNode(text.text, of: name, log)
    {
      var reader = CaseReader(file: name, needsIDs: false, log)
      entry = reader.read(root)
    }
    try log.check()
    guard let entry else {
      preconditionFailure("a text that could not be read left no problem behind")
    }
    return entry
  }

  /// What the edited text asks for, on the casebook as it was when the document was made, with every case that the text
  /// points to. `kind` is that of every correction of a claim; nil chooses by what changed.
  ///
  /// - Throws: `CorpusError` with line and field of everything that is wrong.
  func changes(
    _ edited: CaseFile, on state: CasebookState, head: Int64, reason: String?,
    kind: CorrectionKind?
  ) throws(CorpusError) -> CaseChanges {
    let log = ProblemLog()
    var difference = CaseDifference(
      self, state, head: head, reason: reason, kind: kind, log)
    difference.compare(edited)
    try log.check()
    return difference.changes
  }
}

/// What an edited case asks for.
public struct CaseChanges: Sendable {
  /// What is to be done, in order.
  public let commands: [any Command]
  /// How many entries are new.
  public let recorded: Int
  /// How many entries changed.
  public let corrected: Int
  /// How many entries were taken out.
  public let withdrawn: Int

  /// True when nothing was changed.
  public var isEmpty: Bool { commands.isEmpty }
  /// True when something recorded is changed or withdrawn, so that a reason is due.
  public var needsReason: Bool { corrected + withdrawn > 0 }
}
