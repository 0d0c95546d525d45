public import Glibc

/// An account of the operating system.
public struct Account: Hashable, Sendable {
  /// The login name, as PostgreSQL's peer authentication sees it.
  public let name: String

  /// The user id.
  public let userID: uid_t

  /// The id of the account's own group.
  public let groupID: gid_t

  /// The home directory.
  public let home: String

  var isRoot: Bool { userID == 0 }

  /// The account this process runs as.
  static func current() throws(EmbeddedPostgresError) -> Account {
    let id = geteuid()
    guard let account = lookup({ getpwuid_r(id, $0, $1, $2, $3) }) else {
      throw .unknownAccount(userID: id)
    }
    // The names PostgreSQL keeps for itself, and ours.
    guard !account.name.hasPrefix("pg_"), !account.name.hasPrefix("dossier_"),
      account.name != "public", account.name != "none", account.name.utf8.count <= 63
    else { throw .unusableName(account.name) }
    return account
  }

  /// The account that runs the server for a person: PostgreSQL refuses to run as root.
  static func server(for person: Account) throws(EmbeddedPostgresError) -> Account {
    guard person.isRoot else { return person }
    guard let account = named("postgres") else { throw .noServerAccount }
    return account
  }

  static func named(_ name: String) -> Account? {
    lookup { getpwnam_r(name, $0, $1, $2, $3) }
  }

  /// What to call an account in a message: its name if it has one.
  static func displayName(of id: uid_t) -> String {
    lookup { getpwuid_r(id, $0, $1, $2, $3) }?.name ?? "with the number \(id)"
  }

  private typealias Lookup = (
    UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
    UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
  ) -> Int32

  private static func lookup(_ find: Lookup) -> Account? {
    var size = 1024
    while true {
      let status: (code: Int32, account: Account?) = withUnsafeTemporaryAllocation(
        of: CChar.self, capacity: size
      ) { buffer in
        guard let start = buffer.baseAddress else { return (ENOMEM, nil) }
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        let code = find(&entry, start, size, &found)
        guard code == 0, let found else { return (code, nil) }
        let account = Account(
          name: String(cString: found.pointee.pw_name), userID: found.pointee.pw_uid,
          groupID: found.pointee.pw_gid, home: String(cString: found.pointee.pw_dir))
        return (0, account)
      }
      guard status.code == ERANGE else { return status.account }
      size *= 4
    }
  }
}
