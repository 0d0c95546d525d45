import EventLog
import FoundationEssentials
import PostgresClient
import TestSupport
import Testing

extension Sandbox {
  /// Everything of Dossier's in a database, as pg_dump tells it.
  func dump(_ database: PostgresConfiguration) async throws -> String {
    // The key of \restrict is another one each time.
    let outcome = try await shell(
      """
      set -o pipefail
      pg_dump --no-blobs --exclude-schema=public --exclude-schema=elsewhere \
        "$TARGET" | grep -v '^.\\(un\\)\\?restrict '
      """, with: ["TARGET": database.description])
    try #require(outcome.status == 0, "\(outcome.errors)")
    return outcome.output
  }

  /// The names in the home directory, hidden ones too, in the order of their bytes.
  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: home.path).sorted()
  }

  /// How many bytes a file of the home directory has.
  func size(of file: String) throws -> Int {
    try Data(contentsOf: home.appending(path: file)).count
  }

  /// Restores into the database of a configuration.
  func restore(_ file: String, into database: PostgresConfiguration) async throws -> Outcome {
    try await run(["db", "restore", file], with: ["DATABASE_URL": database.description])
  }

  /// Makes a database `name` on the server of another one, prepared if `isPrepared`.
  static func makeDatabase(
    _ name: String, beside other: PostgresConfiguration, prepared isPrepared: Bool = true
  ) async throws -> PostgresConfiguration {
    var configuration = other
    try await TestDatabase(other).asSuperuser { connection in
      try await connection.query("CREATE DATABASE \(identifier: name) TEMPLATE template0")
    }
    configuration.database = name
    if isPrepared {
      try await TestDatabase(configuration).asSuperuser { _ = try await Migrator().migrate($0) }
    }
    return configuration
  }
}
