import EventLog
import Glibc
import PostgresClient
import TestSupport

/// The login that the tests of one process share. Each has a database of its own, but logins belong
/// to the server, which is thrown away after the tests.
private let testPerson = "dossier_test_person_\(getpid())"

extension PostgresConfiguration {
  /// The same database reached as an ordinary person who may create casebooks.
  var asTestPerson: PostgresConfiguration {
    var configuration = self
    configuration.user = testPerson
    return configuration
  }
}

extension TestTemplate {
  /// Dossier's schema, and nothing in it.
  static let migrated = TestTemplate(name: "migrated") { try await prepare($0) }

  /// A casebook `demo` with a source `book` and a case `smith`.
  static let demonstration = TestTemplate(name: "demonstration") { configuration in
    try await prepare(configuration)
    try await Sandbox.make(configuration.asTestPerson) { sandbox in
      try await sandbox.prepare([
        ["casebook", "create", "demo", "--title", "A demonstration"],
        ["source", "add", "book", "--title", "The book"],
        ["case", "open", "smith", "--name", "John Smith"],
      ])
    }
  }

  private static func prepare(_ configuration: PostgresConfiguration) async throws {
    let connection = try await PostgresConnection.connect(configuration)
    try await Migrator().migrate(connection)
    try await TestPeople.shared.create(connection)
    await connection.close()
  }
}

/// Creates the login once, however many templates ask for it.
private actor TestPeople {
  static let shared = TestPeople()
  private var creation: Task<Void, any Error>?

  func create(_ connection: PostgresConnection) async throws {
    let creation =
      creation
      ?? Task {
        try await connection.query(
          "CREATE ROLE \(identifier: testPerson) LOGIN IN ROLE dossier_admin")
      }
    self.creation = creation
    try await creation.value
  }
}
