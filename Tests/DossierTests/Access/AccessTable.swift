import FoundationEssentials

/// What every person may do with every relation and function, as `access.txt` lists it.
///
/// A line begins with the name of a relation, of a function with its parentheses or of a schema with a star, and whose
/// rows there are to read. Then follows for each person what they may do: letters as in PostgreSQL's lists of privileges
/// (`r` read, `a` insert, `w` update, `d` delete, `D` truncate, `x` refer to, `t` add a trigger, `U` take the next number
/// of a sequence, `X` call, `C` create something in), and `L` for a lock on the table or on rows that keeps somebody else
/// from something. `-` is nothing.
struct AccessTable {
  /// Whose rows a relation has.
  enum Rows: String {
    /// One sees those of the casebooks that one may read.
    case mine
    /// One sees those of one's own requests.
    case requests
    /// They belong to no casebook.
    case all
    /// They do not say so and belong to this casebook: a saved moment's.
    case notes, others
    /// There are none.
    case none = "-"

    /// The casebooks whose rows a person who may read the relation sees; "-" for rows that name none.
    func seen(by person: MatrixPerson) -> Set<String> {
      switch self {
      case .mine: person.readable
      case .requests: person.requests
      case .all: ["-"]
      case .notes, .others: person.readable.contains(rawValue) ? ["-"] : []
      case .none: []
      }
    }
  }

  /// A line.
  struct Entry {
    let rows: Rows
    let cells: [MatrixPerson: String]
  }

  static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "access.txt")

  /// The lines, by their names.
  let entries: [String: Entry]

  /// Reads a table; lines that are none are left out.
  init(_ text: String) {
    var entries: [String: Entry] = [:]
    for line in text.split(separator: "\n").dropFirst() {
      let words = line.split(separator: " ").map(String.init)
      guard words.count == MatrixPerson.allCases.count + 2, let rows = Rows(rawValue: words[1])
      else { continue }
      let cells = zip(MatrixPerson.allCases, words.dropFirst(2).map { $0 == "-" ? "" : $0 })
      entries[words[0]] = Entry(rows: rows, cells: Dictionary(uniqueKeysWithValues: cells))
    }
    self.entries = entries
  }

  /// What was found, as a table; rows of what is not listed yet have to be said by hand.
  func text(of found: FoundAccess) -> String {
    let names = found.cells.keys.sorted()
    var lines = [["name", "rows"] + MatrixPerson.allCases.map(\.rawValue)]
    for name in names {
      let cells = MatrixPerson.allCases.map { found.cells[name]?[$0] ?? "" }
      lines.append([name, entries[name]?.rows.rawValue ?? "?"] + cells.map { $0 == "" ? "-" : $0 })
    }
    let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { line in
      let words = zip(line, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      return String(words.joined(separator: " ").reversed().drop { $0 == " " }.reversed()) + "\n"
    }.joined()
  }
}
