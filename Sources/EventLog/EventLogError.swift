import PostgresClient
public import struct FoundationEssentials.UUID
import StrictJSON

/// Why the log refused. Nothing was written.
public enum EventLogError: Error, Hashable, Sendable {
  /// A stream has moved on: somebody else wrote to it first.
  case versionConflict(stream: StreamID, expected: Int64, actual: Int64)
  /// The request's identity belongs to another command, recorded at these positions.
  case requestReused(UUID, first: Int64, last: Int64)
  /// The request was carried out before the casebook was restored from an export, which does not keep what was asked or
  /// replied; it stands at these positions.
  case requestImported(UUID, first: Int64, last: Int64)
  /// The request was made, at these positions, by another who bore the person's name: by a role that was dropped since.
  case requestTaken(UUID, by: String, first: Int64, last: Int64)
  /// The server has no such login role.
  case noSuchRole(String)
  /// The login role has no access that could be taken.
  case noMember(String)
  /// The person may not do this.
  case notAllowed(String)
  /// The schema of the database does not know this event.
  case unknownEvent(String)
  /// The position asked for is beyond the end of the log.
  case beyondHead(position: Int64, head: Int64)
  /// The casebook does not exist, or the person is no member of it.
  case noSuchCasebook(String)
  /// A casebook of that name or identifier exists already.
  case casebookExists(String)
  /// What was sent is not an event that can be kept.
  case malformed(String)

  /// True when a stream has moved on, so that deciding again may succeed.
  public var isVersionConflict: Bool {
    if case .versionConflict = self { true } else { false }
  }
}

extension EventLogError: CustomStringConvertible {
  /// What happened and what to do.
  public var description: String {
    switch self {
    case .versionConflict(let stream, let expected, let actual):
      "the \(stream) is at version \(actual), not \(expected): it has changed since; look again "
        + "and repeat"
    case .requestReused(let id, let first, let last):
      "the request \(id) was carried out before with another command (@\(first)–@\(last)); give "
        + "this one an identity of its own"
    case .requestImported(let id, let first, let last):
      "the request \(id) was carried out before the casebook was restored: it is "
        + "@\(first)–@\(last), and is not repeated"
    case .requestTaken(let id, let name, let first, let last):
      "the request \(id) was carried out before by another who was called \(name) "
        + "(@\(first)–@\(last)); give this one an identity of its own"
    case .noSuchRole(let name):
      "there is no login role \"\(name)\" on this server; whoever runs it can create one"
    case .noMember(let name): "\(name) has no access to the casebook"
    case .notAllowed(let message): message
    case .unknownEvent(let message): message
    case .beyondHead(let position, let head):
      "there is no @\(position): the log ends at @\(head)"
    case .noSuchCasebook(let name): "there is no casebook \"\(name)\" that you can read"
    case .casebookExists(let name):
      "there is already a casebook \"\(name)\" on this server, and none is ever replaced"
    case .malformed(let message): message
    }
  }
}

extension EventLogError {
  /// The refusal that the database's own codes stand for; nil for any other failure.
  init?(_ error: PostgresError, requestID: UUID? = nil) {
    guard let code = error.sqlState?.rawValue else { return nil }
    let detail = error.detail.flatMap { try? JSON(parsing: $0) }
    func number(_ key: String) -> Int64 { Int64(detail?[key]?.integerValue ?? 0) }
    switch code {
    case "DS001":
      let kind = detail?["kind"]?.stringValue.flatMap(StreamKind.init) ?? .case
      self = .versionConflict(
        stream: StreamID(kind, detail?["id"]?.stringValue ?? ""), expected: number("expected"),
        actual: number("actual"))
    case "DS002":
      self = .requestReused(requestID ?? UUID(), first: number("first"), last: number("last"))
    case "DS003":
      self = .requestImported(requestID ?? UUID(), first: number("first"), last: number("last"))
    case "DS004": self = .unknownEvent(error.message)
    case "42501" where error.isMissingPrivilege:
      self = .notAllowed(Self.missingGroup)
    case "42501":
      self = .notAllowed(error.hint.map { "\(error.message). \($0)" } ?? error.message)
    case "DS008": self = .casebookExists(detail?["slug"]?.stringValue ?? "")
    case "DS009": self = .notAllowed(error.hint.map { "\(error.message). \($0)" } ?? error.message)
    case "DS010": self = .noSuchRole(detail?["role"]?.stringValue ?? "")
    case "DS012":
      self = .requestTaken(
        requestID ?? UUID(), by: detail?["role"]?.stringValue ?? "", first: number("first"),
        last: number("last"))
    case "DS140": self = .noMember(detail?["role"]?.stringValue ?? "")
    case "DS007": self = .malformed(error.message)
    case "22P02": self = .malformed("the payload of an event is not JSON: \(error.message)")
    default: return nil
    }
  }

  /// What it means that the server's own privileges are missing, and what to do.
  public static let missingGroup =
    "your login lacks the group role that this takes: dossier_reader to read, dossier_analyst to "
    + "write. Whoever runs the server can give it, with: GRANT dossier_analyst TO NAME"
}
