import CLibPQ
import Glibc

/// Where a server is and how to reach it: libpq's connection parameters.
///
/// What is not given here libpq takes from `PG*` variables, service files and `.pgpass`
/// (PostgreSQL manual, 34.1.2 and 34.15).
public struct PostgresConfiguration: Hashable, Sendable {
  /// libpq's parameters by keyword, for example `host` or `dbname`.
  public var keywords: [String: String]

  /// Settings of the session, sent in the start-up packet, which costs no round trip:
  /// `["lock_timeout": "10s"]`.
  public var sessionParameters: [String: String] = [:]

  /// How long connecting to one host may take, in place of libpq's `connect_timeout`.
  public var connectTimeout: Duration = .seconds(10)

  /// How long a server may say nothing to a statement before it is looked whether it still takes connections. One that
  /// does is waited for further; one that does not is given up.
  public var silenceLimit: Duration = .seconds(30)

  /// How many prepared statements a connection keeps.
  public var preparedStatementLimit = 256

  /// A configuration from libpq's keywords; with none, everything comes from the environment.
  public init(keywords: [String: String] = [:]) {
    self.keywords = keywords
    if let seconds = keywords["connect_timeout"].flatMap({ Int64($0) }), seconds > 0 {
      connectTimeout = .seconds(seconds)
    }
  }

  /// A configuration from `postgresql://…` or from `keyword=value …`.
  ///
  /// Throws an error of kind `configuration` when libpq cannot read the text.
  public init(_ conninfo: String) throws(PostgresError) {
    var message: UnsafeMutablePointer<CChar>?
    guard let options = PQconninfoParse(conninfo, &message) else {
      defer { PQfreemem(message) }
      let reason = message.map { String(cString: $0).firstLine } ?? "out of memory"
      throw PostgresError(.configuration, "The connection string cannot be read: \(reason)")
    }
    defer { PQconninfoFree(options) }
    var keywords: [String: String] = [:]
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val {
        keywords[String(cString: keyword)] = String(cString: value)
      }
      option += 1
    }
    self.init(keywords: keywords)
  }

  /// The name of the database.
  public var database: String? {
    get { keywords["dbname"] }
    set { keywords["dbname"] = newValue }
  }

  /// The role to log in as.
  public var user: String? {
    get { keywords["user"] }
    set { keywords["user"] = newValue }
  }

  /// The host, or the folder of the Unix socket.
  public var host: String? {
    get { keywords["host"] }
    set { keywords["host"] = newValue }
  }

  /// The password; better kept in `.pgpass`.
  public var password: String? {
    get { keywords["password"] }
    set { keywords["password"] = newValue }
  }

  /// What the server's administrator sees in `pg_stat_activity`.
  public var applicationName: String? {
    get { keywords["application_name"] }
    set { keywords["application_name"] = newValue }
  }

  /// The parameters as libpq is given them.
  var effectiveKeywords: [String: String] {
    var result = keywords
    result["client_encoding"] = "UTF8"
    if !namesService {
      // A network that swallows everything is found out even where nothing is waited for.
      for (keyword, value) in Self.liveness where result[keyword] == nil { result[keyword] = value }
    }
    result["fallback_application_name"] = keywords["fallback_application_name"] ?? "dossier"
    if !sessionParameters.isEmpty {
      // The keyword hides the variable, so what the variable asks for is carried over.
      let base = keywords["options"] ?? getenv("PGOPTIONS").map { String(cString: $0) }
      let settings = sessionParameters.sorted { $0.key < $1.key }
        .map { "-c \($0.key)=\(Self.escaped($0.value))" }
      result["options"] = ([base].compactMap { $0 } + settings).joined(separator: " ")
    }
    return result
  }

  /// When the kernel asks whether the other end of a TCP connection is still there, and when it gives up.
  private static let liveness = [
    "keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3",
    "tcp_user_timeout": "60000",
  ]

  /// Whether a service file may say more than is known here.
  private var namesService: Bool { keywords["service"] != nil || getenv("PGSERVICE") != nil }

  /// Blanks and backslashes are escaped in start-up options.
  private static func escaped(_ value: String) -> String {
    value.reduce(into: "") { text, character in
      if character == " " || character == "\\" { text.append("\\") }
      text.append(character)
    }
  }
}

extension PostgresConfiguration: CustomStringConvertible, CustomDebugStringConvertible {
  /// The parameters without the password, as `keyword=value`.
  public var description: String {
    keywords.filter { !$0.key.contains("password") }.sorted { $0.key < $1.key }
      .map { "\($0.key)=\($0.value)" }.joined(separator: " ")
  }

  /// The same; a password never reaches a log.
  public var debugDescription: String { description }
}
