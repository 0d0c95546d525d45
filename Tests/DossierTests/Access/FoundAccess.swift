import FoundationEssentials
import PostgresClient

/// What every person may do on a database, as found by trying it.
struct FoundAccess {
  /// What one may do with a relation or a function, by its name.
  private(set) var cells: [String: [MatrixPerson: String]] = [:]
  /// The casebooks whose rows one sees of a relation; "-" is a row of none.
  private(set) var seen: [String: [MatrixPerson: Set<String>]] = [:]
  /// What should not be, in words.
  private(set) var faults: [String] = []
  /// Which tables calls have changed.
  private(set) var changed: [MatrixPerson: Set<String>] = [:]

  /// Notes what somebody found when they tried it on the database.
  mutating func add(
    _ person: MatrixPerson, _ connection: PostgresConnection, _ casebooks: [UUID: String]
  ) async throws {
    let relations = try await connection.query("SELECT * FROM workshop.tables()")
    for row in relations {
      let (name, isTable, may, refusals, rows) = try row.decode(
        (String, Bool, String, [String], [String]).self)
      cells[name, default: [:]][person] = may
      seen[name, default: [:]][person] = Set(
        rows.map { UUID(uuidString: $0).flatMap { casebooks[$0] } ?? $0 })
      // Views have no rows that could be written, whoever asks.
      let codes = [person == .owner ? "DS006" : "42501"] + (isTable ? [] : ["42809", "55000"])
      if !Set(refusals).isSubset(of: codes) {
        faults.append("\(person) is refused with \(refusals) by \(name)")
      }
    }
    let functions = try await connection.query(
      "SELECT * FROM workshop.functions(\(Self.ordered(casebooks)), 6)")
    for row in functions {
      let (name, may, refusals, successes, parts) = try row.decode(
        (String, Bool, [String], Int64, [String]).self)
      cells["\(name)()", default: [:]][person] = may ? "X" : ""
      let isRefused = refusals.contains { $0.hasSuffix("permission denied for function \(name)") }
      let isKeptOut = successes == 0 && refusals.allSatisfy { $0.contains("permission denied for") }
      if may ? isRefused : !isKeptOut {
        faults.append("\(person) may \(may ? "" : "not ")call \(name), and met \(refusals)")
      }
      for part in parts {
        let words = part.split(separator: " ").map(String.init)
        let casebook = UUID(uuidString: words[1]).flatMap { casebooks[$0] } ?? words[1]
        changed[person, default: []].insert("\(words[0]) of \(casebook)")
        if !person.mayChange(words[0], of: casebook) {
          faults.append("\(person) changed \(words[0]) of \(casebook) with \(name)")
        }
      }
    }
  }

  /// The casebooks in the order of their names, so that the calls are the same each time.
  private static func ordered(_ casebooks: [UUID: String]) -> [UUID] {
    casebooks.sorted { $0.value < $1.value }.map(\.key)
  }
}
