/// Dossier's own PostgreSQL: a private cluster for one person, made and started when first needed.
///
/// It needs no configuration and listens on a Unix socket only. A caller first simply connects with
/// ``userParameters``, and calls ``start(onProgress:)`` when nobody answers; so a running cluster
/// costs a command nothing.
///
/// Below ``home`` there are `lock`, held while the cluster is made, started or stopped, and
/// `postgresql/` with the data directory and the server's log. Everything in `postgresql/` is
/// made by the account that runs the server, which for root is `postgres`.
public struct EmbeddedCluster: Sendable {
  /// Where everything is kept: absolute, symbolic links resolved.
  public let home: String

  /// Who uses the cluster. Everyday commands log in under this name.
  public let person: Account

  /// Who runs the server: the same person, or `postgres` for root.
  public let serverAccount: Account

  /// Where PostgreSQL's server programs are looked for.
  var search: @Sendable () -> InstallationSearch = { .standard() }

  /// The cluster in a directory, which need not exist yet; nothing is read or written there.
  ///
  /// - Parameter home: a path; a relative one counts from the working directory.
  /// - Throws: `unknownAccount`, `unusableName`, `noServerAccount` or `unusableHome`.
  public init(home: String) throws(EmbeddedPostgresError) {
    let person = try Account.current()
    self.init(
      home: try Home.resolved(home), person: person,
      serverAccount: try Account.server(for: person))
  }

  /// The cluster the environment asks for; see ``defaultHome(environment:)``.
  ///
  /// - Throws: as ``init(home:)``.
  public init(environment: [String: String]) throws(EmbeddedPostgresError) {
    let person = try Account.current()
    self.init(
      home: try Home.resolved(Home.standard(environment: environment, person: person)),
      person: person, serverAccount: try Account.server(for: person))
  }

  init(home: String, person: Account, serverAccount: Account) {
    self.home = home
    self.person = person
    self.serverAccount = serverAccount
  }

  /// `$DOSSIER_HOME`; else as root `/var/lib/dossier`; else `$XDG_DATA_HOME/dossier`, which by the
  /// XDG Base Directory Specification is `~/.local/share/dossier` unless set to an absolute path.
  ///
  /// - Throws: `unknownAccount`.
  public static func defaultHome(
    environment: [String: String]
  ) throws(EmbeddedPostgresError) -> String {
    Home.standard(environment: environment, person: try Account.current())
  }
}

// MARK: Where things are

extension EmbeddedCluster {
  /// What belongs to the server's account.
  var clusterDirectory: String { home + "/postgresql" }

  /// The lock that one process holds while it makes, starts or stops the cluster.
  var lockFile: String { home + "/lock" }

  /// PostgreSQL's data directory.
  public var dataDirectory: String { clusterDirectory + "/data" }

  /// What the server has to say.
  public var logFile: String { clusterDirectory + "/server.log" }

  /// Where the socket is: a function of ``home`` alone, so that every process finds it.
  ///
  /// It is in `/tmp`, because a socket's path may have 107 bytes and a home directory's many more,
  /// and because `$XDG_RUNTIME_DIR` is removed at logout while the server goes on. Whoever else
  /// takes the name gains nothing: the server refuses a directory that is not its own, and
  /// ``userParameters`` make libpq refuse a server of another account.
  public var socketDirectory: String { "/tmp/dossier-" + Home.fingerprint(of: home) }

  var socket: String { "\(socketDirectory)/.s.PGSQL.\(ServerSettings.port)" }
}

// MARK: How to connect

extension EmbeddedCluster {
  /// The cluster's superuser. It has a name that nobody's account has, unlike `postgres`.
  static let superuser = "dossier_superuser"

  /// The database that holds the casebooks.
  public static let database = "dossier"

  /// libpq keywords to connect as the person, who is no superuser; `session_user` is their name.
  public var userParameters: [String: String] { parameters(user: person.name) }

  /// libpq keywords to connect as the cluster's superuser: for migrations and roles only.
  public var superuserParameters: [String: String] { parameters(user: Self.superuser) }

  private func parameters(user: String) -> [String: String] {
    [
      "host": socketDirectory,
      "port": ServerSettings.port,
      "user": user,
      "dbname": Self.database,
      // Anybody may put a socket in /tmp; libpq asks the kernel who is at the other end of it.
      "requirepeer": serverAccount.name,
    ]
  }
}
