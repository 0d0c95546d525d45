import PostgresClient
import Subprocess

/// A PostgreSQL archive with casebooks in it, as `db backup` writes it.
struct BackupArchive {
  /// Where it is.
  let path: String
  /// The lines of its table of contents that are Dossier's, but for ``eventTriggers``.
  let contents: String
  /// The lines of the triggers on events of the database, which are a superuser's, whatever that is called.
  let eventTriggers: String

  /// The groups that every server has that Dossier was prepared on.
  private static let groups = ["owner", "reader", "analyst", "projector", "auditor", "admin"]

  /// Reads the table of contents.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - name: What to call it in a message.
  /// - Throws: `Failure` when it is no archive, or none with casebooks.
  init(_ path: String, named name: String? = nil) async throws {
    self.path = path
    let name = name ?? path
    let lines: [Substring]
    do {
      let list = try await Self.restore(["--list", "--", path], limit: 1 << 26)
      lines = list.split(separator: "\n")
    } catch let failure as ProgramFailure {
      throw Failure(
        .badInput, "\(name) is no backup: \(failure.message) Name a file that db backup wrote")
    }
    let missing = ["casebook", "event", "membership", "migration"].filter { table in
      !lines.contains { $0.contains(" TABLE DATA dossier \(table) ") }
    }
    guard missing.isEmpty else {
      throw Failure(.badInput, "\(name) holds no casebooks. Name a file that db backup wrote")
    }
    let entries = lines.filter(Self.isDossiers)
    func isOfEvents(_ line: Substring) -> Bool { line.contains(" EVENT TRIGGER ") }
    contents = entries.filter { !isOfEvents($0) }.joined(separator: "\n")
    eventTriggers = entries.filter(isOfEvents).joined(separator: "\n")
  }

  /// Whether an entry, such as `9; 2615 16391 SCHEMA - dossier dossier_owner`, is restored. Everything in a schema is:
  /// a backup holds no others than Dossier's. Beside them stands what is the whole database's.
  private static func isDossiers(_ line: Substring) -> Bool {
    guard let entry = line.wholeMatch(of: /\d+; \d+ \d+ ([A-Z ]+) - (.*)/)?.output else {
      return !line.hasPrefix(";")
    }
    switch entry.1 {
    case "SCHEMA": return true
    case "ACL": return entry.2.hasPrefix("SCHEMA ")
    case "COMMENT":
      return entry.2.hasPrefix("SCHEMA ") || entry.2.hasPrefix("EVENT TRIGGER dossier")
    case "DEFAULT ACL": return entry.2.hasSuffix(" dossier_owner")
    case "EVENT TRIGGER": return entry.2.hasPrefix("dossier")
    default: return false
    }
  }

  /// Reads the whole file, writing nothing.
  ///
  /// - Throws: `ProgramFailure` when it is not whole.
  func readThrough() async throws {
    try await DatabaseProgram("pg_restore").run(["--file=/dev/null", "--", path])
  }

  /// The values of a column in a table of the schema `dossier`, without nulls.
  ///
  /// - Throws: `ProgramFailure` when the file cannot be read so far.
  func values(of column: String, in table: String) async throws -> [String] {
    let script = try await Self.restore(
      ["--data-only", "--schema=dossier", "--table=\(table)", "--file=-", "--", path],
      limit: 1 << 28)
    let lines = script.split(separator: "\n", omittingEmptySubsequences: false)
    let start = "COPY dossier.\(table) ("
    guard let head = lines.firstIndex(where: { $0.hasPrefix(start) }) else { return [] }
    let columns = lines[head].dropFirst(start.count).prefix { $0 != ")" }.split(separator: ", ")
    guard let index = columns.firstIndex(of: Substring(column)) else { return [] }
    return lines[(head + 1)...].prefix { $0 != "\\." }.compactMap { line in
      Self.value(line.split(separator: "\t", omittingEmptySubsequences: false)[index])
    }
  }

  /// The members of its casebooks, in the order of their names.
  func members() async throws -> [String] {
    Set(try await values(of: "role_name", in: "membership")).sorted()
  }

  /// The roles that its privileges name, beside Dossier's groups.
  func grantees() async throws -> [String] {
    let entries = contents.split(separator: "\n").filter { line in
      line.firstMatch(of: /^\d+; \d+ \d+ (DEFAULT )?ACL\b/) != nil
    }
    let bytes = try await DatabaseProgram("pg_restore").run(
      ["--use-list=/dev/stdin", "--file=-", "--", path],
      input: .string(entries.joined(separator: "\n")), output: .bytes(limit: 1 << 26))
    let names = String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
      line.wholeMatch(of: /GRANT .* TO (.+?)(?: WITH GRANT OPTION)?;/)?.output.1
    }
    let known = Self.groups.map { "dossier_\($0)" } + ["PUBLIC"]
    return Set(names.map(Self.unquoted)).subtracting(known).sorted()
  }

  /// A role's name without the quotes that SQL may want around it.
  private static func unquoted(_ name: Substring) -> String {
    guard name.hasPrefix("\"") else { return String(name) }
    return String(name.dropFirst().dropLast()).replacing("\"\"", with: "\"")
  }

  /// A value as COPY writes it.
  private static func value(_ text: Substring) -> String? {
    guard text != "\\N" else { return nil }
    guard text.contains("\\") else { return String(text) }
    let controls: [Character: Character] = [
      "b": "\u{8}", "f": "\u{C}", "n": "\n", "r": "\r", "t": "\t", "v": "\u{B}",
    ]
    var result = ""
    var isEscaped = false
    for character in text {
      if isEscaped {
        result.append(controls[character] ?? character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        result.append(character)
      }
    }
    return result
  }

  private static func restore(_ arguments: [String], limit: Int) async throws -> String {
    let bytes = try await DatabaseProgram("pg_restore")
      .run(arguments, output: .bytes(limit: limit))
    return String(decoding: bytes, as: UTF8.self)
  }
}
