import Calendar
import Casebook
import CasebookStore
import Corpus
import EDTF
import EmbeddedPostgres
import EventLog
import FoundationEssentials
import PostgresClient
import StrictJSON
import Terminal
import Views

/// Why a command failed, in one short paragraph, and the status it ends with. Nothing was written.
struct Failure: Error {
  let status: ExitStatus
  /// What happened, where, and what to do; nil when there is nothing to say.
  let message: String?

  init(_ status: ExitStatus, _ message: String?) {
    self.status = status
    self.message = message
  }

  /// What an error of any layer means to the person who typed the command.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let refused as RefusedCommand: self.init(refused.refusal)
    case let refusal as Refusal:
      self.init(refusal.isNotFound ? .notFound : .badInput, refusal.description)
    case let error as CorpusError:
      self.init(.badInput, error.description)
    case let error as CorpusWriterError: self.init(.badInput, error.description)
    case let error as EventLogError: self.init(Self.status(of: error), error.description)
    case let error as ViewError: self.init(Self.status(of: error), error.description)
    case let error as MigrationError: self.init(Self.status(of: error), error.description)
    case let error as EvolveError: self.init(.configuration, error.description)
    case let error as DamagedText: self.init(.configuration, error.description)
    case let error as EmbeddedPostgresError: self.init(.unavailable, error.description)
    case let error as PostgresError: self.init(error)
    case let error as UnknownOutcome: self.init(error)
    case let error as PostgresTransactionError: self.init(error.cause)
    case let error as EDTFError: self.init(.badInput, error.description)
    case let error as CalendarError: self.init(.badInput, "\(error)")
    case let error as JSONError: self.init(.badInput, error.description)
    case StreamError.closed: self.init(.done, nil)
    case StreamError.refused(let reason):
      self.init(.unavailable, "the answer could not be written: \(reason)")
    case is CancellationError: self.init(.interrupted, nil)
    default: self.init(unforeseen: error)
    }
  }

  /// A bug. Its text is made for programmers, so it is told apart from what is said to everybody.
  private init(unforeseen error: any Error) {
    let text = "\(error)".split(whereSeparator: \.isNewline).first ?? "nothing more is known"
    self.init(
      .bug,
      "something happened that should not: this is a bug in Dossier. Please report it with the "
        + "command and this text: \(text)")
  }

  /// Whoever repeats the command must not do twice what may have been done.
  private init(_ error: UnknownOutcome) {
    let again = "repeat the command with --request-id \(error.requestID.uuidString.lowercased())"
    self.init(
      .unavailable,
      error.cause.isDiskFull
        ? "the database's disk is full: \(error.cause.message). Make room and see that the server "
          + "runs; then \(again), and it happens once"
        : "the connection broke before the server said whether it was done. To have it done once, "
          + again)
  }

  private init(_ error: PostgresError) {
    switch error.kind {
    case _ where error.isDiskFull:
      self.init(
        .unavailable, "the database's disk is full: \(error.message). Make room, then repeat")
    case _ where error.sqlState == .tooManyConnections:
      self.init(
        .unavailable,
        "every connection that the database allows is taken: \(error.message). Try again when "
          + "somebody has finished, or ask who runs it to allow more")
    case .connectionFailed where error.message.contains("unsupported startup parameter"):
      self = .behindPooler
    case .connectionFailed, .connectionLost:
      self.init(
        .unavailable,
        "the database cannot be reached: \(error.message). Check it with: dossier doctor")
    case .outcomeUnknown:
      self.init(
        .unavailable,
        "the connection broke before the server said whether it was done. Repeat the command")
    case .cancelled: self.init(.interrupted, nil)
    case .configuration: self.init(.configuration, error.message)
    case .server where error.isTransient:
      self.init(.tryAgain, "somebody else is writing to the casebook. Try again")
    case .server where error.isMissingPrivilege:
      self.init(.notAllowed, EventLogError.missingGroup)
    case .server where error.sqlState?.rawValue == "42501":
      self.init(
        .notAllowed,
        "you may not do this: \(error.message). Ask who runs the database for the role it needs")
    case .server where error.isReadOnly:
      self.init(
        .unavailable,
        "the database can only be read: it is a standby, or was set so. Connect to the one that "
          + "takes writes")
    case .server where error.sqlState?.category == "57" || error.sqlState?.category == "53":
      self.init(.unavailable, "the database is not ready: \(error.message). Try again")
    case .server where ["42P01", "3F000", "42883"].contains(error.sqlState?.rawValue):
      self.init(
        .configuration, "the database has not been prepared. Prepare it with: dossier migrate")
    default: self.init(.bug, "the database refused: \(error.message)")
    }
  }

  private static func status(of error: ViewError) -> ExitStatus {
    switch error {
    case .beingRebuilt, .replaced, .notKept: .tryAgain
    case .notBuilt, .notYoursToBuild: .notFound
    case .notAllowed: .notAllowed
    case .damaged, .outdated: .configuration
    case .nameTaken, .nameInUse: .badInput
    }
  }

  private static func status(of error: MigrationError) -> ExitStatus {
    switch error {
    case .blocked: .tryAgain
    case .edited, .missing, .unknown: .configuration
    }
  }

  private static func status(of error: EventLogError) -> ExitStatus {
    switch error {
    case .versionConflict: .tryAgain
    case .notAllowed: .notAllowed
    case .beyondHead, .noSuchCasebook, .noSuchRole, .noMember: .notFound
    case .unknownEvent: .configuration
    case .requestReused, .requestImported, .requestTaken, .casebookExists, .malformed: .badInput
    }
  }
}

extension PostgresError {
  /// The server has no room to write.
  fileprivate var isDiskFull: Bool { sqlState?.rawValue == "53100" }
}
