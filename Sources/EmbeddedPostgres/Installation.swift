import Glibc

/// An installed PostgreSQL server.
public struct Installation: Hashable, Sendable {
  /// The directory of `initdb`, `pg_ctl` and `postgres`.
  public let programs: String

  /// The major version, such as 15.
  public let version: Int

  /// The oldest major version that Dossier can use.
  public static let oldestVersion = 15

  func program(_ name: String) -> String { "\(programs)/\(name)" }
}

/// Where to look for installations.
struct InstallationSearch: Sendable {
  /// Directories that may hold the server's programs.
  var directories: [String]

  /// Where `pg_config` may be, which knows of one more.
  var searchPath: [String]

  /// What distributions use, and `PATH`.
  static func standard() -> InstallationSearch {
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    let searchPath = path.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
    let packaged = [("/usr/lib/postgresql", ""), ("/usr", "pgsql-")].flatMap { parent, prefix in
      Files.names(in: parent).filter { $0.hasPrefix(prefix) }.map { "\(parent)/\($0)/bin" }
    }
    return InstallationSearch(
      directories: packaged + searchPath + ["/usr/local/pgsql/bin"], searchPath: searchPath)
  }

  /// One installation of each major version that Dossier can use, newest first.
  ///
  /// - Throws: `programFailed` if there are programs and none of them can be run.
  func installations(
    runner: ProgramRunner
  ) async throws(EmbeddedPostgresError) -> [Installation] {
    var found: [Int: Installation] = [:]
    var failure: String?
    for directory in directories + (try await configured(runner)) where Self.isServer(directory) {
      let outcome = try await runner.run("\(directory)/postgres", ["--version"])
      guard outcome.succeeded, let version = Self.majorVersion(in: outcome.output) else {
        failure = outcome.output
        continue
      }
      if version >= Installation.oldestVersion, found[version] == nil {
        found[version] = Installation(programs: directory, version: version)
      }
    }
    if found.isEmpty, let failure {
      throw .programFailed(program: "postgres --version", message: complaint(in: failure))
    }
    return found.values.sorted { $0.version > $1.version }
  }

  private func configured(
    _ runner: ProgramRunner
  ) async throws(EmbeddedPostgresError) -> [String] {
    let programs = searchPath.map { "\($0)/pg_config" }
    guard let program = programs.first(where: { access($0, X_OK) == 0 }) else { return [] }
    let outcome = try await runner.run(program, ["--bindir"])
    return outcome.succeeded ? outcome.output.split(separator: "\n").map(String.init) : []
  }

  private static func isServer(_ directory: String) -> Bool {
    ["initdb", "pg_ctl", "postgres"].allSatisfy { access("\(directory)/\($0)", X_OK) == 0 }
  }

  /// From a line such as `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`.
  static func majorVersion(in line: String) -> Int? {
    Int(line.drop { !$0.isASCII || !$0.isNumber }.prefix { $0.isASCII && $0.isNumber })
  }
}
