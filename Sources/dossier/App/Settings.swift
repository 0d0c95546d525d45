import FoundationEssentials
import StrictJSON
import Yams

/// What is configured outside the command line: the environment first, then
/// `$XDG_CONFIG_HOME/dossier/config.yaml`.
struct Settings {
  /// The process's environment.
  let environment: [String: String]
  private let file: [String: String]

  /// The keys that config.yaml may have.
  static let keys = ["casebook", "database", "source"]

  /// Reads the environment and the file, if there is one.
  ///
  /// - Throws: `Failure` with status 78 naming the key that is not known.
  init(environment: [String: String] = ProcessInfo.processInfo.environment) throws {
    self.environment = environment
    file = try Self.read(Self.path(environment))
  }

  /// The casebook to work in.
  var casebook: String? { value("DOSSIER_CASEBOOK", "casebook") }
  /// The source that claims are recorded from.
  var source: String? { value("DOSSIER_SOURCE", "source") }
  /// The server to connect to, as a URI or libpq keywords.
  var database: String? { value("DATABASE_URL", "database") }
  /// Whether libpq's own variables name a server.
  var namesServerForLibPQ: Bool {
    ["PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE", "PGUSER", "PGSERVICE"].contains {
      !(environment[$0] ?? "").isEmpty
    }
  }

  private func value(_ variable: String, _ key: String) -> String? {
    if let text = environment[variable], !text.isEmpty { return text }
    return file[key]
  }

  /// Where the file is.
  static func path(_ environment: [String: String]) -> String {
    let home = environment["HOME"] ?? "/"
    let base = environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? "\(home)/.config"
    return "\(base)/dossier/config.yaml"
  }

  private static func read(_ path: String) throws -> [String: String] {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return [:] }
    let node: Node?
    do { node = try Yams.compose(yaml: text) } catch {
      throw Failure(.configuration, "\(path) cannot be read: \(error)")
    }
    guard let node else { return [:] }
    guard let mapping = node.mapping else {
      throw Failure(.configuration, "\(path) must hold lines such as: casebook: NAME")
    }
    var values: [String: String] = [:]
    for (key, value) in mapping {
      guard let name = key.scalar?.string, keys.contains(name) else {
        let name = key.scalar?.string ?? "?"
        let hint = closest(to: name, among: keys).map { "did you mean \"\($0)\"?" }
        throw Failure(
          .configuration,
          "\(path): unknown setting \"\(name)\"; \(hint ?? "it knows " + keys.joined(separator: ", "))"
        )
      }
      values[name] = value.scalar?.string
    }
    return values
  }

  /// Remembers the casebook to work in, keeping the file's other lines as they are.
  static func remember(casebook: String, _ environment: [String: String]) throws {
    let path = path(environment)
    let old = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    let others = old.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("casebook:") }
    let text = (["casebook: \(casebook)"] + others.map(String.init)).joined(separator: "\n")
    do {
      let directory = String(path.dropLast("/config.yaml".count))
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true)
      try Data((text.hasSuffix("\n") ? text : text + "\n").utf8)
        .write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw Failure(.configuration, "\(path) cannot be written: \(error)")
    }
  }
}
