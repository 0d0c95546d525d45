public import PostgresClient

/// What a test's database holds when the test begins.
///
/// The first test that asks for a template has it made; every test gets a copy, which takes a few
/// hundredths of a second.
public struct TestTemplate: Sendable {
  let name: String
  let prepare: (@Sendable (PostgresConfiguration) async throws -> Void)?

  /// Nothing at all.
  public static let empty = TestTemplate(name: "empty", prepare: nil)

  /// A template with a name that is its own among those of its test target, filled by a superuser
  /// who connects to a new database; every connection must be closed before `prepare` returns, or
  /// the database cannot be copied.
  public init(
    name: String, file: String = #fileID,
    prepare: @escaping @Sendable (PostgresConfiguration) async throws -> Void
  ) {
    // All targets run in one process, and may call different things by the same name.
    let target = file.prefix { $0 != "/" }
    self.init(name: "\(target)_\(name)", prepare: .some(prepare))
  }

  private init(
    name: String, prepare: (@Sendable (PostgresConfiguration) async throws -> Void)?
  ) {
    self.name = name
    self.prepare = prepare
  }
}

/// Runs a test on a database of its own, reached as a superuser and dropped afterwards.
public nonisolated(nonsending) func withTestDatabase<R>(
  _ template: TestTemplate = .empty,
  _ body: nonisolated(nonsending) (PostgresConfiguration) async throws -> R
) async throws -> R {
  try await TestPlaces.withPlace {
    let configuration = try await TestServer.shared.createDatabase(template)
    let result: R
    do {
      result = try await body(configuration)
    } catch {
      try? await TestServer.shared.drop(configuration)
      throw error
    }
    try await TestServer.shared.drop(configuration)
    return result
  }
}

/// Runs a test on a superuser's connection to a database of its own.
public nonisolated(nonsending) func withTestConnection<R>(
  _ template: TestTemplate = .empty,
  _ body: nonisolated(nonsending) (PostgresConnection) async throws -> R
) async throws -> R {
  try await withTestDatabase(template) { configuration in
    let connection = try await PostgresConnection.connect(configuration)
    do {
      let result = try await body(connection)
      await connection.close()
      return result
    } catch {
      await connection.close()
      throw error
    }
  }
}
