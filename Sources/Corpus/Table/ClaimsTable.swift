import Casebook

/// Claims in a table: comma-separated values with a header. Columns are `case`, `predicate`, `value`, `state`,
/// `source`, `locator`, `quote`, `as_written`, `hedge`, `not` or `polarity`, `stance`, `said_by`, `id` and `with.KEY` for
/// qualifiers, in any order; an empty cell says nothing.
public struct ClaimsTable: Sendable {
  /// How many rows are read.
  public static let rowLimit = 200_000

  /// The claims by case, in the order in which the cases first appear.
  let groups: [(slug: Slug, claims: [ClaimEntry])]

  /// What is wrong with rows that could not be read; an import tells it with what is wrong with others.
  let problems: CorpusError?

  /// How many claims there are.
  public var count: Int { groups.reduce(0) { $0 + $1.claims.count } }

  /// Reads the file at `path`; `source` is that of rows that name none. `defersProblems` leaves rows that cannot be
  /// read to the import, which checks the others against the casebook and tells everything in one go.
  ///
  /// - Throws: `CorpusError` with line and column of everything that is wrong.
  public init(
    path: String, source: String? = nil, defersProblems: Bool = false
  ) throws(CorpusError) {
    try self.init(file: path, source: source, defersProblems) { take in
      try FileSystem.read(path, take)
    }
  }

  /// Reads text that is there already, called `file` in messages.
  ///
  /// - Throws: `CorpusError` with line and column of everything that is wrong.
  public init(
    _ bytes: some Sequence<UInt8>, file: String, source: String? = nil,
    defersProblems: Bool = false
  ) throws(CorpusError) {
    let bytes = Array(bytes)
    try self.init(file: file, source: source, defersProblems) { take in
      try bytes.withUnsafeBytes(take)
    }
  }

  private init(
    file: String, source: String?, _ defersProblems: Bool,
    _ pieces: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws(CorpusError) {
    let log = ProblemLog()
    var reader = ClaimsTableReader(file: file, source: source, log)
    var parser = CSVParser()
    do {
      try pieces { piece in try parser.consume(piece) { row in try reader.read(row) } }
      try parser.finish { row in try reader.read(row) }
      reader.finish()
    } catch let failure as CSVParser.Failure {
      log.add(Problem(file: file, line: failure.line, message: failure.message))
    } catch let failure as FileSystem.Failure {
      log.add(Problem(file: file, message: "the file cannot be read: \(failure.message)"))
    } catch {
      log.add(Problem(file: file, message: "\(error)"))
    }
    groups = reader.groups
    if defersProblems, !groups.isEmpty {
      do {
        try log.check()
        problems = nil
      } catch { problems = error }
    } else {
      try log.check()
      problems = nil
    }
  }

  /// The digest of all that the table says.
  var digest: String {
    let lines = groups.flatMap { group in
      group.claims.map { "\(group.slug) \($0.id ?? "-") \($0.digest)" }
    }
    return Digest.hexadecimal(lines.joined(separator: "\n"))
  }
}
