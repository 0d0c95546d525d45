public import Casebook
public import CasebookStore
public import EventLog

/// Writes a casebook as the directory of files that an import reads. The same basis gives the same bytes, and importing
/// them into a new casebook and writing that gives them again, but for the line that says where they come from.
public struct CorpusWriter: Sendable {
  /// The casebook.
  public let store: CasebookStore
  /// Which prefix of it, and whose voices.
  public let reading: Reading

  /// A writer of the casebook of `store` as `reading` asks.
  public init(_ store: CasebookStore, _ reading: Reading = .now) {
    self.store = store
    self.reading = reading
  }

  /// What was written.
  public struct Summary: Sendable {
    /// The prefix that the files are made from.
    public let basis: Basis
    /// The same with the voices heard, and with what must be known of it: which streams stand still.
    public let view: View
    /// The paths within the directory.
    public let files: [String]
    /// How many cases there are.
    public let cases: Int
    /// What the form has no place for, in words.
    public let leftOut: [String]
  }

  /// Writes the files. Each is replaced whole; files of cases that the casebook does not hold stop the export unless
  /// `overwriting`, which removes them. `progress` is told the short name of each case.
  ///
  /// - Throws: `CorpusWriterError` when the directory is not a corpus or cannot be written; errors of the log.
  public func write(
    to directory: String, overwriting: Bool = false,
    progress: @escaping (Slug) -> Void = { _ in }
  ) async throws -> Summary {
    let basis = try await store.log.resolve(reading.asOf, of: store.casebookID)
    let target = Target(directory)
    var leftOut = LeftOut()
    var texts: [(path: String, text: String)] = []
    var wanted: Set<Slug> = []
    let view = try await store.forEachCase(at: basis, reading.voices) { view, file in
      var text = CaseText(file, in: view.state)
      text.counters = try await counters(of: file, at: basis)
      leftOut.remarks += text.leftOut
      leftOut.closed += file.isClosed ? 1 : 0
      texts.append((CorpusReader.path(of: file.slug), text.text))
      wanted.formUnion(file.namedWorks)
      progress(file.slug)
    }
    guard let register = view.state.register else {
      throw CorpusWriterError(path: directory, message: "the casebook has no first event yet")
    }
    let heard = view.state.sources.values
    for source in heard { wanted.formUnion(source.statedDerivations.map(\.content.from)) }
    let works = try await works(wanted, notAmong: view.state, at: basis)
    let sources = (heard + works).sorted { $0.registered.position < $1.registered.position }
    let cases = texts.count
    texts.append((CorpusReader.casebook, CorpusText.casebook(register.content, basis.exportPoint)))
    texts.append(
      (CorpusReader.vocabulary, CorpusText.vocabulary(register.vocabulary.map(\.predicate))))
    let named = Set(works.map(\.slug))
    texts.append((CorpusReader.sources, CorpusText.sources(sources, onlyNamed: named)))
    let tabulations = register.tabulations.filter { !$0.isWithdrawn }.map(\.content)
    if !tabulations.isEmpty {
      texts.append((CorpusReader.tabulations, CorpusText.tabulations(tabulations)))
    }
    leftOut.count(register, Array(heard))
    try target.write(texts, of: register.content.slug, overwriting: overwriting)
    return Summary(
      basis: basis, view: view, files: texts.map(\.path).sorted(), cases: cases,
      leftOut: leftOut.inWords)
  }

  /// Works that are named by the voices heard and are not among them: without their names the files could not be read
  /// back.
  private func works(
    _ named: Set<Slug>, notAmong state: CasebookState, at basis: Basis
  ) async throws -> [Source] {
    guard state.voices.isNarrowed else { return [] }
    let all = try await store.view(of: [], at: basis).state.sources.values
    return all.filter { named.contains($0.slug) && state.sources[$0.slug] == nil }
  }

  /// The ids of claims of other cases that disputes and conclusions of `file` point to.
  private func counters(of file: Case, at basis: Basis) async throws -> [ItemReference: String] {
    let wanted =
      (file.sortedDisputes.filter(\.isOpen).compactMap(\.content.counter)
      + file.standingConclusions.flatMap(\.content.grounds)).filter { $0.home != file.slug }
    guard !wanted.isEmpty else { return [:] }
    let view = try await store.view(of: Set(wanted.map(\.home)), at: basis, reading.voices)
    var counters: [ItemReference: String] = [:]
    for reference in wanted {
      guard let other = view.state.cases[reference.home] else { continue }
      counters[reference] = CaseIDs(other)[reference].map { "\(reference.home)/\($0)" }
    }
    return counters
  }
}

extension Case {
  /// Works that citations and claims name. A text that happens to be a work's short name counts too.
  fileprivate var namedWorks: Set<Slug> {
    var works = Set(citations.values.filter { !$0.isWithdrawn }.map(\.content.work))
    let drafts =
      claims.values.filter { $0.status == .current }.map { ClaimDraft($0.content) }
      + standingConclusions.map { ConclusionDraft($0.content).adopted }
    for draft in drafts {
      let texts = [draft.value, draft.saidBy].compactMap { $0 } + draft.qualifiers.values
      works.formUnion(texts.compactMap { try? Slug($0) })
    }
    return works
  }
}

extension Basis {
  /// Where files written on this basis come from.
  fileprivate var exportPoint: ExportPoint? {
    recordedAt.map { ExportPoint(position: position, recordedAt: "\($0)") }
  }
}

/// Why an export could not be written.
public struct CorpusWriterError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file or directory.
  public let path: String
  /// What is wrong and what to do.
  public let message: String

  /// The path and what is wrong.
  public var description: String { "\(path): \(message)" }
}

/// What a casebook holds and the form of its files has no place for.
private struct LeftOut {
  var remarks = 0
  var closed = 0
  private var onSources = 0
  private var onTabulations = 0
  private var grades = 0

  mutating func count(_ register: Register, _ sources: [Source]) {
    onTabulations = register.annotations.sorted.count { !$0.isWithdrawn }
    for source in sources {
      onSources += source.annotations.sorted.count { !$0.isWithdrawn }
      grades += source.grade == nil ? 0 : 1
    }
  }

  var inWords: [String] {
    [
      (remarks, "remarks about what is withdrawn or resolved"),
      (onSources, "annotations of sources"),
      (onTabulations, "annotations of tabulations and of the casebook"),
      (grades, "grades of sources"), (closed, "cases' being closed"),
    ].filter { $0.0 > 0 }.map { "\($0.1): \($0.0)" }
  }
}

// MARK: The directory

/// The directory that an export is written to.
private struct Target {
  let directory: String

  init(_ directory: String) { self.directory = directory }

  func write(
    _ texts: [(path: String, text: String)], of casebook: Slug, overwriting: Bool
  ) throws(CorpusWriterError) {
    let stale = try staleFiles(texts.map(\.path), casebook, overwriting)
    try attempt(directory) { () throws(FileSystem.Failure) in
      try FileSystem.makeDirectory(directory)
      try FileSystem.makeDirectory("\(directory)/cases")
    }
    for (path, text) in texts {
      try attempt(path) { () throws(FileSystem.Failure) in
        try FileSystem.write(text, to: "\(directory)/\(path)")
      }
    }
    for path in stale {
      try attempt(path) { () throws(FileSystem.Failure) in
        try FileSystem.remove("\(directory)/\(path)")
      }
    }
  }

  /// Files of a corpus that the export would leave as they are, so that the next import would take them in.
  private func staleFiles(
    _ written: [String], _ casebook: Slug, _ overwriting: Bool
  ) throws(CorpusWriterError) -> [String] {
    guard FileSystem.exists(directory) else { return [] }
    let names = try list(directory)
    guard !names.isEmpty else { return [] }
    if !overwriting { try refuseForeign(names, casebook) }
    var present = names.filter { $0 == CorpusReader.tabulations }
    if FileSystem.isDirectory("\(directory)/cases") {
      present += try list("\(directory)/cases").map { "cases/\($0)" }.filter {
        $0.hasSuffix(".yaml")
      }
    }
    let stale = present.filter { !written.contains($0) }
    if let first = stale.first, !overwriting {
      throw CorpusWriterError(
        path: "\(directory)/\(first)",
        message: "the casebook does not hold this; remove the file, or do so with --overwrite")
    }
    return stale
  }

  private func refuseForeign(_ names: [String], _ casebook: Slug) throws(CorpusWriterError) {
    guard names.contains(CorpusReader.casebook) else {
      throw CorpusWriterError(
        path: directory,
        message: "the directory holds something else; choose an empty one, or give --overwrite")
    }
    let log = ProblemLog()
    let bytes = try? FileSystem.bytes(
      of: "\(directory)/\(CorpusReader.casebook)", limit: CorpusReader.fileLimit)
    let root = bytes.flatMap { FileText($0, of: CorpusReader.casebook, log) }.flatMap {
      YAMLNode($0.text, of: CorpusReader.casebook, log)
    }
    guard let root, var fields = Fields(root, of: CorpusReader.casebook, log),
      fields.text("casebook") == casebook.text
    else {
      throw CorpusWriterError(
        path: "\(directory)/\(CorpusReader.casebook)",
        message: "the directory holds another casebook; choose another, or give --overwrite")
    }
  }

  private func list(_ path: String) throws(CorpusWriterError) -> [String] {
    do { return try FileSystem.names(in: path) } catch {
      throw CorpusWriterError(path: path, message: "it cannot be read: \(error.message)")
    }
  }

  private func attempt(
    _ path: String, _ body: () throws(FileSystem.Failure) -> Void
  ) throws(CorpusWriterError) {
    do { try body() } catch {
      throw CorpusWriterError(path: path, message: "it cannot be written: \(error.message)")
    }
  }
}
