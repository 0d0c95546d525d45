import Corpus
import FoundationEssentials
import Glibc
import StrictJSON
import Yams

/// What is configured outside the command line: the environment first, then
/// `$XDG_CONFIG_HOME/dossier/config.yaml`.
struct Settings {
  /// The process's environment.
  let environment: [String: String]
  private let file: [String: String]

  /// The keys that config.yaml may have.
  static let keys = ["casebook", "database", "source", "time-zone"]

  /// Reads the environment and the file, if there is one.
  ///
  /// - Throws: `Failure` with status 78 naming the key that is not known.
  init(environment: [String: String] = Self.processEnvironment) throws {
    self.environment = environment
    file = try Self.read(Self.path(environment))
  }

  /// The environment that this process was started with.
  static var processEnvironment: [String: String] { ProcessInfo.processInfo.environment }

  /// The casebook to work in.
  var casebook: String? { value("DOSSIER_CASEBOOK", "casebook") }
  /// The source that claims are recorded from.
  var source: String? { value("DOSSIER_SOURCE", "source") }
  /// The zone in which dates without one are meant.
  var timeZone: String? { value("DOSSIER_TIME_ZONE", "time-zone") }
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

  // MARK: The file

  private static func text(of path: String) throws -> String? {
    guard access(path, F_OK) == 0 else { return nil }
    return try UTF8Text.decode(FileReader.bytes(of: path, limit: 1 << 20), from: path)
  }

  private static func read(_ path: String) throws -> [String: String] {
    guard let text = try text(of: path), let node = try parse(text, path) else { return [:] }
    try refuseTags(of: node, path)
    guard let mapping = node.mapping else {
      throw Failure(.configuration, "\(path) must hold lines such as: casebook: NAME")
    }
    var values: [String: String] = [:]
    for (key, value) in mapping {
      for node in [key, value] { try refuseTags(of: node, path) }
      let place = "\(path), line \(key.mark?.line ?? 1)"
      let name = key.scalar?.string ?? ""
      guard keys.contains(name) else {
        let hint =
          closest(to: name, among: keys).map { "Did you mean \"\($0)\"?" }
          ?? "There are: \(keys.joined(separator: ", "))"
        throw Failure(.configuration, "\(place): there is no setting \"\(name)\". \(hint)")
      }
      guard let text = value.scalar?.string else {
        throw Failure(.configuration, "\(place): write one value after \"\(name):\"")
      }
      values[name] = text
    }
    return values
  }

  private static func refuseTags(of node: Node, _ path: String) throws(Failure) {
    guard let tag = node.foreignTag else { return }
    throw Failure(
      .configuration,
      "\(path), line \(node.mark?.line ?? 1): the tag \(tag) is not read here. Take it out")
  }

  /// Nil for a file without anything but comments.
  private static func parse(_ text: String, _ path: String) throws -> Node? {
    do {
      let node = try Yams.compose(yaml: text, .basic)
      return node?.scalar?.string.isEmpty == true ? nil : node
    } catch YamlError.scanner(_, let problem, let mark, _),
      YamlError.parser(_, let problem, let mark, _),
      YamlError.composer(_, let problem, let mark, _)
    {
      throw Failure(.configuration, "\(path), line \(mark.line): this is not YAML: \(problem)")
    } catch {
      throw Failure(.configuration, "\(path) is not YAML. Write lines such as: casebook: NAME")
    }
  }

  /// Remembers the casebook to work in, keeping the file's other lines as they are.
  ///
  /// - Throws: `Failure` when the file cannot be read or written.
  static func remember(casebook: String, _ environment: [String: String]) throws {
    let path = path(environment)
    let text = setting("casebook", to: casebook, in: try text(of: path) ?? "")
    do {
      let directory = String(path.dropLast("/config.yaml".count))
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw Failure(
        .notAllowed, "\(path) cannot be written. Check who may write there, or set DOSSIER_CASEBOOK"
      )
    }
  }

  /// The text of the file with one setting changed, or added at its end.
  static func setting(_ key: String, to value: String, in text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let line = "\(key): \(value)"
    if let index = lines.firstIndex(where: { $0.hasPrefix("\(key):") }) {
      lines[index] = line
    } else {
      if lines.last == "" { lines.removeLast() }
      lines += [line, ""]
    }
    return lines.joined(separator: "\n")
  }
}
