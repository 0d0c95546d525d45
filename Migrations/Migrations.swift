/// The SQL files beside this one, carried in the program so that it never reads them from a path.
public enum Migrations {
  /// One forward-only step of the schema.
  public struct Migration: Hashable, Sendable {
    /// Its number, from 1 without gaps.
    public let version: Int
    /// What it does, as its file is named: `create_log`.
    public let name: String
    /// The file's text.
    public let sql: String

    /// A step that `sql` takes.
    public init(version: Int, name: String, sql: String) {
      self.version = version
      self.name = name
      self.sql = sql
    }

    /// The name of its file.
    public var fileName: String {
      let number = String(version)
      return String(repeating: "0", count: max(4 - number.count, 0)) + number + "_\(name).sql"
    }
  }

  /// Creates the group roles. They belong to the server, so this is no migration and may run any number of times.
  public static let roles = text(PackageResources.roles_sql)

  /// Creates what guards the schema from outside it. Runs after the migrations, any number of times.
  public static let guards = text(PackageResources.guards_sql)

  /// Asks a database what its schema is made of: rows of object, property and value.
  public static let catalogue = text(PackageResources.catalogue_sql)

  /// What that answers where all migrations have been applied and nothing else was done: each object with its
  /// properties below it, a tab between a property and its value.
  public static let schema = text(PackageResources.schema_txt)

  /// All migrations, in order.
  public static let all: [Migration] = [
    Migration(version: 1, name: "create_log", sql: text(PackageResources._001_create_log_sql)),
    Migration(version: 2, name: "guard_log", sql: text(PackageResources._002_guard_log_sql)),
    Migration(
      version: 3, name: "append_events", sql: text(PackageResources._003_append_events_sql)),
    Migration(
      version: 4, name: "manage_casebooks", sql: text(PackageResources._004_manage_casebooks_sql)),
    Migration(version: 5, name: "import_log", sql: text(PackageResources._005_import_log_sql)),
    Migration(
      version: 6, name: "hasten_reads", sql: text(PackageResources._006_hasten_reads_sql)),
    Migration(
      version: 7, name: "hasten_append", sql: text(PackageResources._007_hasten_append_sql)),
    Migration(
      version: 8, name: "create_views", sql: text(PackageResources._008_create_views_sql)),
    Migration(
      version: 9, name: "search_casebook", sql: text(PackageResources._009_search_casebook_sql)),
    Migration(
      version: 10, name: "name_positions", sql: text(PackageResources._010_name_positions_sql)),
    Migration(version: 11, name: "keep_texts", sql: text(PackageResources._011_keep_texts_sql)),
    Migration(version: 12, name: "widen_views", sql: text(PackageResources._012_widen_views_sql)),
    Migration(
      version: 13, name: "hasten_policies", sql: text(PackageResources._013_hasten_policies_sql)),
    Migration(version: 14, name: "bind_members", sql: text(PackageResources._014_bind_members_sql)),
    Migration(
      version: 15, name: "check_at_door", sql: text(PackageResources._015_check_at_door_sql)),
    Migration(version: 16, name: "guard_views", sql: text(PackageResources._016_guard_views_sql)),
    Migration(version: 17, name: "share_locks", sql: text(PackageResources._017_share_locks_sql)),
    Migration(
      version: 18, name: "guard_objects", sql: text(PackageResources._018_guard_objects_sql)),
    Migration(version: 19, name: "read_names", sql: text(PackageResources._019_read_names_sql)),
    Migration(version: 20, name: "part_faults", sql: text(PackageResources._020_part_faults_sql)),
    Migration(
      version: 21, name: "refuse_taken", sql: text(PackageResources._021_refuse_taken_sql)),
    Migration(version: 22, name: "find_forms", sql: text(PackageResources._022_find_forms_sql)),
  ]

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
