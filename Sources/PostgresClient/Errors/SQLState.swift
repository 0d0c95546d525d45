/// A five-character SQLSTATE code, as PostgreSQL reports it (PostgreSQL manual, appendix A).
public struct SQLState: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// The five characters, for example `23505`.
  public let rawValue: String

  /// Wraps a code as it stands.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The first two characters: the class of the condition, for example `23`.
  public var category: String { String(rawValue.prefix(2)) }

  /// The code itself.
  public var description: String { rawValue }

  /// The prepared plan no longer fits its tables, among other unsupported features.
  public static let featureNotSupported = SQLState(rawValue: "0A000")
  /// A row that a unique index already holds.
  public static let uniqueViolation = SQLState(rawValue: "23505")
  /// A reference to a row that is not there.
  public static let foreignKeyViolation = SQLState(rawValue: "23503")
  /// A null where none is allowed.
  public static let notNullViolation = SQLState(rawValue: "23502")
  /// A row that a check constraint refuses.
  public static let checkViolation = SQLState(rawValue: "23514")
  /// A statement that writes where only reading is allowed.
  public static let readOnlyTransaction = SQLState(rawValue: "25006")
  /// A statement sent in a transaction that has already failed.
  public static let inFailedTransaction = SQLState(rawValue: "25P02")
  /// A prepared statement that the server does not know.
  public static let invalidStatementName = SQLState(rawValue: "26000")
  /// A transaction that cannot be serialized with another one.
  public static let serializationFailure = SQLState(rawValue: "40001")
  /// Two transactions that waited for each other.
  public static let deadlockDetected = SQLState(rawValue: "40P01")
  /// Not allowed.
  public static let insufficientPrivilege = SQLState(rawValue: "42501")
  /// No such table.
  public static let undefinedTable = SQLState(rawValue: "42P01")
  /// No such function.
  public static let undefinedFunction = SQLState(rawValue: "42883")
  /// No such role or other object.
  public static let undefinedObject = SQLState(rawValue: "42704")
  /// An object that exists already.
  public static let duplicateObject = SQLState(rawValue: "42710")
  /// No such database.
  public static let invalidCatalogName = SQLState(rawValue: "3D000")
  /// Every connection that the server allows is taken.
  public static let tooManyConnections = SQLState(rawValue: "53300")
  /// A lock that was not granted in time.
  public static let lockNotAvailable = SQLState(rawValue: "55P03")
  /// A statement that was cancelled, by a person or by a time limit.
  public static let queryCanceled = SQLState(rawValue: "57014")
  /// A session that an administrator ended.
  public static let adminShutdown = SQLState(rawValue: "57P01")
  /// A server that is starting up or shutting down.
  public static let cannotConnectNow = SQLState(rawValue: "57P03")
}
