import EventLog

/// Somebody in the matrix of who may do what: a kind of login, as what the groups and the casebook `notes` make of it.
enum MatrixPerson: String, CaseIterable {
  /// Has a login and nothing else.
  case outsider
  /// Reads `notes`, as its members say, and is in no group.
  case guest
  /// Reads `notes`.
  case reader
  /// Could write, and may only read `notes`.
  case idler
  /// Writes in `notes`.
  case analyst
  /// Administers `notes`.
  case admin
  /// Keeps the views of `notes`, and reads it.
  case projector
  /// Reads everything.
  case auditor
  /// Could administer a casebook, and has none.
  case newcomer
  /// Administers `others`, and has nothing to do with `notes`.
  case stranger
  /// `dossier_owner`, whom nobody logs in as: a superuser takes on the role.
  case owner

  /// The casebooks of the matrix.
  static let casebooks = ["notes", "others"]

  /// The groups that the login is in.
  var groups: [String] {
    switch self {
    case .outsider, .guest, .owner: []
    case .reader: ["dossier_reader"]
    case .idler, .analyst: ["dossier_analyst"]
    case .projector: ["dossier_projector"]
    case .auditor: ["dossier_auditor"]
    case .admin, .newcomer, .stranger: ["dossier_admin"]
    }
  }

  /// The access to `notes` that somebody has given.
  var access: Access? {
    switch self {
    case .guest, .reader, .idler, .projector: .read
    case .analyst: .write
    case .outsider, .admin, .auditor, .newcomer, .stranger, .owner: nil
    }
  }

  /// The casebooks whose rows are theirs to read.
  var readable: Set<String> {
    switch self {
    case .guest, .reader, .idler, .analyst, .admin, .projector: ["notes"]
    case .stranger: ["others"]
    case .auditor, .owner: ["notes", "others"]
    case .outsider, .newcomer: []
    }
  }

  /// The casebooks with requests that are theirs to see: their own, and all for whoever reads everything.
  var requests: Set<String> {
    switch self {
    case .analyst, .admin: ["notes"]
    case .stranger, .auditor, .owner: readable
    case .outsider, .guest, .reader, .idler, .projector, .newcomer: []
    }
  }

  /// Whether functions may change this table of a casebook in their name.
  func mayChange(_ table: String, of casebook: String) -> Bool {
    switch self {
    case .analyst, .admin: casebook == "notes"
    case .stranger: casebook == "others"
    case .projector: casebook == "notes" && !Self.log.contains(table)
    case .outsider, .guest, .reader, .idler, .auditor, .newcomer, .owner: false
    }
  }

  /// What is no view's.
  private static let log: Set = [
    "casebook", "membership", "event", "append_request", "source", "source_text",
  ]
}
