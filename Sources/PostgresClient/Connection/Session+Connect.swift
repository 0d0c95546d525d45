import CLibPQ
import Glibc

extension Session {
  /// Connects, waiting on the socket rather than inside libpq so that the wait can be ended.
  static func open(
    _ configuration: PostgresConfiguration, waker: Waker
  ) throws(PostgresError) -> Session {
    let deadline = ContinuousClock.now + configuration.connectTimeout
    guard let connection = start(configuration.effectiveKeywords) else {
      throw PostgresError(.connectionFailed, "There is no memory left to connect.")
    }
    do {
      try poll(connection, waker: waker, deadline: deadline)
    } catch {
      PQfinish(connection)
      throw error
    }
    PQsetErrorVerbosity(connection, PQERRORS_DEFAULT)
    return Session(
      connection: connection, statementLimit: configuration.preparedStatementLimit)
  }

  private static func start(_ keywords: [String: String]) -> OpaquePointer? {
    let strings = keywords.sorted { $0.key < $1.key }
    var names = strings.map { UnsafePointer(strdup($0.key)) }
    var values = strings.map { UnsafePointer(strdup($0.value)) }
    defer { for string in names + values { free(UnsafeMutablePointer(mutating: string)) } }
    names.append(nil)
    values.append(nil)
    return PQconnectStartParams(names, values, 0)
  }

  private static func poll(
    _ connection: OpaquePointer, waker: Waker, deadline: ContinuousClock.Instant
  ) throws(PostgresError) {
    guard PQstatus(connection) != CONNECTION_BAD else { throw connectFailure(connection) }
    // The codes of refused log-ins are found nowhere but in the verbose message.
    PQsetErrorVerbosity(connection, PQERRORS_VERBOSE)
    var status = PGRES_POLLING_WRITING
    while status != PGRES_POLLING_OK {
      guard status != PGRES_POLLING_FAILED else { throw connectFailure(connection) }
      let events = status == PGRES_POLLING_READING ? Waker.readable : Waker.writable
      switch waker.wait(for: PQsocket(connection), events: events, until: deadline) {
      case .ready: status = PQconnectPoll(connection)
      case .woken where Task.isCancelled:
        throw PostgresError(.cancelled, "Connecting was cancelled.")
      case .woken: continue
      case .timedOut:
        throw PostgresError(
          .connectionFailed,
          "No connection to PostgreSQL \(place(connection)): it did not answer in time.")
      }
    }
  }

  private static func connectFailure(_ connection: OpaquePointer) -> PostgresError {
    let text = String(cString: PQerrorMessage(connection))
    let parsed = ConnectMessage(text)
    var report = PostgresError.Report()
    report.sqlState = parsed.sqlState
    report.severity = parsed.sqlState == nil ? nil : "FATAL"
    report.hint = parsed.hint
    report.detail = parsed.detail
    return PostgresError(
      .connectionFailed,
      "No connection to PostgreSQL \(place(connection)): \(parsed.message)", report: report)
  }

  /// Where the server was looked for.
  private static func place(_ connection: OpaquePointer) -> String {
    func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String {
      pointer.map { String(cString: $0) } ?? ""
    }
    let host = text(PQhost(connection))
    let where_ = host.isEmpty ? "" : "at \(host) "
    return "\(where_)port \(text(PQport(connection))), database \"\(text(PQdb(connection)))\""
  }
}

/// libpq's account of a failed attempt to connect, taken apart.
struct ConnectMessage {
  private(set) var message: String
  private(set) var sqlState: SQLState?
  private(set) var detail: String?
  private(set) var hint: String?

  init(_ text: String) {
    message = ""
    var lines: [Substring] = []
    for line in text.split(whereSeparator: \.isNewline) {
      if line.hasPrefix("DETAIL:") {
        detail = Self.rest(line)
      } else if line.hasPrefix("HINT:") {
        hint = Self.rest(line)
      } else if !line.hasPrefix("LOCATION:"), !line.hasPrefix("\t") {
        lines.append(line)
      }
    }
    // With several hosts the last attempt is the one to report.
    message = lines.last.map(String.init) ?? "no reason was given"
    if let failed = message.range(of: " failed: ") {
      message = String(message[failed.upperBound...])
    }
    if let separator = message.range(of: ":  ") {
      let rest = message[separator.upperBound...]
      let code = rest.prefix { $0.isASCII && ($0.isUppercase || $0.isNumber) }
      if code.count == 5, rest.dropFirst(5).hasPrefix(": ") {
        sqlState = SQLState(rawValue: String(code))
        message = String(rest.dropFirst(7))
      }
    }
  }

  private static func rest(_ line: Substring) -> String {
    String(line.drop { $0 != ":" }.dropFirst().drop { $0 == " " })
  }
}

extension StringProtocol {
  /// The first occurrence of a text.
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) {
        return start..<index(start, offsetBy: text.count)
      }
      start = index(after: start)
    }
    return nil
  }
}
