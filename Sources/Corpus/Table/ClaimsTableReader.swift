import Casebook
import StrictJSON

/// Reads the rows of a table of claims.
struct ClaimsTableReader {
  /// The columns that there are, besides `with.KEY`.
  static let columns = [
    "case", "predicate", "value", "state", "source", "locator", "quote", "as_written", "hedge",
    "not", "polarity", "stance", "said_by", "id",
  ]

  private let file: String
  private let source: String?
  private let log: ProblemLog

  private var header: [String]?
  private var rows = 0
  private var order: [Slug] = []
  private var claims: [Slug: [ClaimEntry]] = [:]
  private var seen: [Slug: Set<ClaimDraft>] = [:]
  private var lines: [String: Int] = [:]

  init(file: String, source: String?, _ log: ProblemLog) {
    self.file = file
    self.source = source
    self.log = log
  }

  /// The claims by case.
  var groups: [(slug: Slug, claims: [ClaimEntry])] {
    order.map { ($0, claims[$0] ?? []) }
  }

  mutating func read(_ row: CSVParser.Row) throws(CSVParser.Failure) {
    let cells = try row.fields.enumerated().map { index, bytes throws(CSVParser.Failure) in
      guard let text = String(validating: bytes, as: UTF8.self) else {
        let column = header.flatMap { $0.indices.contains(index) ? $0[index] : nil }
        let byte = FileText.firstInvalidByte(bytes[...])
        throw CSVParser.Failure(
          line: row.line,
          message: "\(column ?? "field \(index + 1)"): its byte \(byte) is not valid UTF-8; "
            + "save the file as UTF-8")
      }
      return text
    }
    guard let header else { return try readHeader(cells, row.line) }
    rows += 1
    guard rows <= ClaimsTable.rowLimit else {
      throw CSVParser.Failure(
        line: row.line,
        message: "there are more than \(ClaimsTable.rowLimit) rows; split the file")
    }
    guard cells.count == header.count else {
      refuse(
        row.line,
        "the row has \(cells.count) fields and the header \(header.count); quote fields "
          + "that hold commas")
      return
    }
    let pairs = zip(header, cells).filter { !$0.1.isEmpty }
    readClaim(Dictionary(uniqueKeysWithValues: pairs.map { ($0.0, $0.1) }), row.line)
  }

  /// Notes what can only be told at the end.
  func finish() {
    if header == nil { log.add(Problem(file: file, message: "the file is empty")) }
  }

  private func refuse(_ line: Int, _ message: String, column: String = "") {
    log.add(Problem(file: file, line: line, place: column, message: message))
  }
}

// MARK: The header

extension ClaimsTableReader {
  private mutating func readHeader(_ names: [String], _ line: Int) throws(CSVParser.Failure) {
    header = names
    if names.count == 1, let other = [";", "\t"].first(where: { names[0].contains($0) }) {
      let separators = other == ";" ? "semicolons" : "tabs"
      throw CSVParser.Failure(
        line: line,
        message: "the columns are separated by \(separators); save the file with commas between "
          + "them")
    }
    var problem: String?
    for (index, name) in names.enumerated() where problem == nil {
      if names[..<index].contains(name) {
        problem = "the column \"\(name)\" is there twice"
      } else if Fields.authorship.contains(name) {
        problem =
          "\"\(name)\" is not for a file to say: who recorded what, and when, is noted by the server; "
          + "remove the column"
      } else if !Self.columns.contains(name), !name.hasPrefix(ClaimRow.qualifierPrefix) {
        problem =
          "unknown column \"\(name)\"" + Fields.suggestion(for: name, among: Self.columns)
          + "; qualifiers are with.KEY"
      }
    }
    let missing = ["case", "predicate"].filter { !names.contains($0) }
    if problem == nil, let name = missing.first {
      problem = "the column \"\(name)\" is missing from the header"
    }
    // Without a header no row means anything.
    if let problem { throw CSVParser.Failure(line: line, message: problem) }
  }
}

// MARK: Rows

extension ClaimsTableReader {
  private mutating func readClaim(_ cells: [String: String], _ line: Int) {
    guard let slug = slug(cells["case"], line) else { return }
    let row = ClaimRow(cells, source: source)
    for (column, message) in row.problems { refuse(line, message, column: column) }
    guard row.problems.isEmpty, isNewID(cells["id"], slug, line) else { return }
    // The same line twice in one table says nothing more.
    guard seen[slug, default: []].insert(row.draft).inserted else { return }
    if claims[slug] == nil { order.append(slug) }
    claims[slug, default: []].append(
      ClaimEntry(id: cells["id"], draft: row.draft, citations: [], origin: origin(cells, line)))
  }

  private func slug(_ text: String?, _ line: Int) -> Slug? {
    guard let text else {
      refuse(line, "it is empty; say which case it is about", column: "case")
      return nil
    }
    do { return try Slug(text) } catch {
      refuse(line, error.description, column: "case")
      return nil
    }
  }

  private mutating func isNewID(_ id: String?, _ slug: Slug, _ line: Int) -> Bool {
    guard let id else { return true }
    guard (try? Slug(id)) != nil, id != "case" else {
      refuse(
        line, "\"\(id)\" is no id; use lower-case letters, digits and hyphens", column: "id")
      return false
    }
    if let first = lines["\(slug)/\(id)"] {
      refuse(line, "the id \"\(id)\" is on line \(first) already", column: "id")
      return false
    }
    lines["\(slug)/\(id)"] = line
    return true
  }

  /// A row's fields all stand on its line, so that a refusal names the column.
  private func origin(_ cells: [String: String], _ line: Int) -> Origin {
    Origin(file: file, line: line, lines: cells.mapValues { _ in line }, texts: cells)
  }
}
