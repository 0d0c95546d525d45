import EventLog
import Glibc
import PostgresClient
import TestSupport

/// The logins that the tests of one process share. Each test has a database of its own, but logins
/// belong to the server, which is thrown away after the tests.
enum TestPerson: String, CaseIterable {
  /// Creates casebooks and restores them.
  case admin
  /// Has work to do in other people's casebooks.
  case analyst
  /// The same, and is let in to read only.
  case reader
  /// Has a login and nothing else.
  case stranger

  /// The name of the login.
  var role: String { "dossier_test_\(rawValue)_\(getpid())" }

  fileprivate var creation: PostgresQuery {
    switch self {
    case .admin: "CREATE ROLE \(identifier: role) LOGIN IN ROLE dossier_admin"
    case .analyst, .reader: "CREATE ROLE \(identifier: role) LOGIN IN ROLE dossier_analyst"
    case .stranger: "CREATE ROLE \(identifier: role) LOGIN"
    }
  }
}

extension PostgresConfiguration {
  /// The same database reached by somebody.
  func of(_ person: TestPerson) -> PostgresConfiguration {
    var configuration = self
    configuration.user = person.role
    return configuration
  }
}

extension TestTemplate {
  /// Dossier's schema, and nothing in it.
  static let migrated = TestTemplate(name: "migrated") { try await prepare($0) { _ in } }

  /// A casebook `demo` with a source `book` and a case `smith`.
  static let demonstration = TestTemplate(name: "demonstration") {
    try await prepare($0) { sandbox in
      try await sandbox.done(
        "casebook create demo --title 'A demonstration' --vocabulary soviet-defectors")
      try await sandbox.done("source add book --title 'The book'")
      try await sandbox.done("case open smith --name 'John Smith'")
    }
  }

  /// The casebook `notes`, see ``Office``.
  static let office = TestTemplate(name: "office") { try await prepare($0, Office.furnish) }

  /// The casebook that Dossier carries.
  static let bundled = TestTemplate(name: "bundled") {
    try await prepare($0) { try await $0.done("import corpus --bundled soviet-defectors") }
  }

  private static func prepare(
    _ configuration: PostgresConfiguration, _ body: @Sendable (Sandbox) async throws -> Void
  ) async throws {
    let connection = try await PostgresConnection.connect(configuration)
    try await Migrator().migrate(connection)
    try await TestPeople.shared.create(connection)
    await connection.close()
    try await Sandbox.make(configuration.of(.admin), body)
  }
}

/// Creates the logins once, however many templates ask for them.
private actor TestPeople {
  static let shared = TestPeople()
  private var creation: Task<Void, any Error>?

  func create(_ connection: PostgresConnection) async throws {
    let creation =
      creation
      ?? Task { for person in TestPerson.allCases { try await connection.query(person.creation) } }
    self.creation = creation
    try await creation.value
  }
}
