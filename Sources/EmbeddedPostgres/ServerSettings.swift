/// What a small private cluster is told, and who may enter it.
enum ServerSettings {
  /// The socket's number; nothing listens on a port.
  static let port = "5432"

  /// Appended once to `postgresql.conf`, where their owner may change them.
  static let tunable = """

    # A small private server: one person, one machine, short queries.
    max_connections = 40
    shared_buffers = 128MB
    fsync = on
    full_page_writes = on
    synchronous_commit = on
    jit = off                       # compiling costs more than a short query
    timezone = 'UTC'
    log_timezone = 'UTC'
    log_checkpoints = off
    log_line_prefix = '%m [%p] %q%u@%d '

    """

  /// Given at each start, because they are what the connection depends on. The socket's directory
  /// has neither spaces nor quotes in it, so a shell may read this.
  static func fixed(socketDirectory: String) -> String {
    let settings = [
      "listen_addresses=", "port=\(port)", "unix_socket_directories=\(socketDirectory)",
      "unix_socket_permissions=0700", "cluster_name=dossier", "logging_collector=off",
      "log_destination=stderr",
    ]
    return settings.map { "-c \($0)" }.joined(separator: " ")
  }

  /// `pg_hba.conf`: the kernel says who is there; no password, no network.
  static let admission = """
    # Who is at the socket is the kernel's word; pg_ident.conf says which roles that person may use.
    local  all          all  peer  map=dossier
    local  replication  all  peer  map=dossier

    """

  /// `pg_ident.conf`: each person may be themselves and, to migrate, the superuser.
  static func identities(of people: [String]) -> String {
    let lines = people.flatMap { person in
      [person, EmbeddedCluster.superuser].map {
        "dossier  \(quoted(person))  \(quoted($0))\n"
      }
    }
    return "# map  operating system's user  role\n" + lines.joined()
  }

  /// What makes an empty cluster ready, for `postgres --single -j`: statements end with a blank line.
  static func bootstrap(people: [String]) -> String {
    let roles = people.map { "CREATE ROLE \(quoted($0)) LOGIN" }
    return (roles + ["CREATE DATABASE \(EmbeddedCluster.database)"]).map { $0 + ";\n\n" }.joined()
  }

  /// Both SQL identifiers and the names in `pg_ident.conf` double their quotes.
  private static func quoted(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}
