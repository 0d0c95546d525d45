import BundledCorpus
import Casebook

/// Reads a casebook from a directory of YAML files. All mistakes are found in one run; none is passed over.
public struct CorpusReader: Sendable {
  /// The largest file that is read, in bytes.
  public static let fileLimit = 8 << 20

  /// The names of the corpora that Dossier carries.
  public static let bundledNames = ["soviet-defectors"]

  private let source: CorpusSource

  /// A reader of the directory at `path`.
  public init(directory path: String) {
    source = .directory(path)
  }

  /// A reader of a corpus that Dossier carries; nil when it carries none of that name.
  public init?(bundled name: String) {
    guard Self.bundledNames.contains(name) else { return nil }
    source = .bundled
  }

  /// The files, read and checked on their own; what they say is checked against one another and against the casebook
  /// when it is imported.
  ///
  /// - Throws: `CorpusError` with file, line and field of everything that is wrong.
  public func read() throws(CorpusError) -> CorpusFiles {
    let log = ProblemLog()
    let files = Listing(source, log)
    var export: ExportPoint?
    let casebook = files.root(Self.casebook, log).flatMap { Self.casebook($0, &export, log) }
    let vocabulary = files.root(Self.vocabulary, log).map {
      VocabularyReader(file: Self.vocabulary, log: log).read($0)
    }
    let sources = files.root(Self.sources, log).map {
      SourcesReader(file: Self.sources, log: log).read($0)
    }
    var cases: [CaseFile] = []
    for path in files.cases {
      guard let root = files.root(path, log) else { continue }
      var reader = CaseReader(file: path, log)
      guard let file = reader.read(root) else { continue }
      Self.checkName(file, path, log)
      cases.append(file)
    }
    var tabulations: [Entry<TabulationContent>] = []
    if files.names.contains(Self.tabulations), let root = files.root(Self.tabulations, log) {
      tabulations = TabulationsReader(file: Self.tabulations, log: log).read(root)
    }
    try log.check()
    guard let casebook, let vocabulary, let sources else {
      preconditionFailure("a file that could not be read left no problem behind")
    }
    return CorpusFiles(
      casebook: casebook, vocabulary: vocabulary, sources: sources, cases: cases,
      tabulations: tabulations, export: export, warnings: log.warnings)
  }

  // MARK: Names of files

  static let casebook = "casebook.yaml"
  static let vocabulary = "vocabulary.yaml"
  static let sources = "sources.yaml"
  static let tabulations = "tabulations.yaml"

  static func path(of slug: Slug) -> String { "cases/\(slug).yaml" }
}

extension CorpusReader {
  private static func casebook(
    _ root: YAMLNode, _ export: inout ExportPoint?, _ log: ProblemLog
  ) -> Entry<CasebookContent>? {
    guard var fields = Fields(root, of: casebook, log) else { return nil }
    let slug = fields.requiredSlug("casebook", "give the casebook's short name")
    let title = fields.required("title", "give the casebook's title")
    let description = fields.text("description")
    export = fields.exportPoint()
    fields.finish()
    guard let slug, let title else { return nil }
    return Entry(
      slug.text, CasebookContent(slug: slug, title: title, description: description),
      fields.origin)
  }

  private static func checkName(_ file: CaseFile, _ path: String, _ log: ProblemLog) {
    let expected = Self.path(of: file.file.content.slug)
    guard path != expected else { return }
    log.add(
      file.file.origin.problem(
        "the case \(file.file.id) belongs in \(expected); rename the file or the case",
        at: "case"))
  }
}

/// Where a corpus comes from.
enum CorpusSource: Sendable {
  case directory(String)
  case bundled
}

/// The files of a corpus.
private struct Listing {
  let source: CorpusSource
  /// All paths within the corpus.
  private(set) var names: Set<String> = []
  /// Those of cases, in the order of their short names.
  private(set) var cases: [String] = []

  init(_ source: CorpusSource, _ log: ProblemLog) {
    self.source = source
    switch source {
    case .bundled: names = Set(BundledFiles.all.map(\.path))
    case .directory(let path): list(path, log)
    }
    cases = names.filter { $0.hasPrefix("cases/") && $0.hasSuffix(".yaml") }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private mutating func list(_ directory: String, _ log: ProblemLog) {
    do {
      let known = [
        CorpusReader.casebook, CorpusReader.vocabulary, CorpusReader.sources,
        CorpusReader.tabulations,
      ]
      for name in try FileSystem.names(in: directory) {
        names.insert(name)
        if name != "cases", name.hasSuffix(".yaml") || name.hasSuffix(".yml"),
          !known.contains(name)
        {
          log.add(
            Problem(
              file: name,
              message: "this is no file of a corpus, which has \(known.joined(separator: ", ")) "
                + "and cases/SLUG.yaml" + Fields.suggestion(for: name, among: known)))
        }
      }
      guard names.contains("cases") else { return }
      for name in try FileSystem.names(in: "\(directory)/cases") {
        names.insert("cases/\(name)")
        if name.hasSuffix(".yml") {
          log.add(Problem(file: "cases/\(name)", message: "name it \(name.dropLast(4)).yaml"))
        }
      }
    } catch {
      log.add(Problem(file: directory, message: "the directory cannot be read: \(error.message)"))
    }
  }

  /// The root of a file; nil, with the problem noted, when it cannot be read.
  func root(_ path: String, _ log: ProblemLog) -> YAMLNode? {
    guard let bytes = bytes(of: path, log), let text = FileText(bytes, of: path, log) else {
      return nil
    }
    if !text.endsWithLineBreak {
      log.warn(
        Problem(
          file: path,
          message: "the file does not end with a line break; check that it was not cut off"))
    }
    return YAMLNode(text.text, of: path, log)
  }

  private func bytes(of path: String, _ log: ProblemLog) -> [UInt8]? {
    switch source {
    case .bundled:
      return BundledFiles.all.first { $0.path == path }?.bytes
    case .directory(let directory):
      do {
        return try FileSystem.bytes(of: "\(directory)/\(path)", limit: CorpusReader.fileLimit)
      } catch let failure as FileSystem.Failure {
        log.add(Problem(file: path, message: "the file cannot be read: \(failure.message)"))
      } catch {
        log.add(Problem(file: path, message: "the file cannot be read: \(error)"))
      }
      return nil
    }
  }
}
