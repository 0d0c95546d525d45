import CLibPQ
import Glibc

extension Session {
  /// Connects, waiting on the socket rather than inside libpq so that the wait can be ended. Of several hosts, those after
  /// one that says nothing are tried too.
  static func open(
    _ configuration: PostgresConfiguration, waker: Waker
  ) throws(PostgresError) -> Session {
    var hosts = HostList(configuration.effectiveKeywords)
    while true {
      let deadline = ContinuousClock.now + configuration.connectTimeout
      guard let connection = start(hosts.keywords) else {
        throw PostgresError(.connectionFailed, "There is no memory left to connect.")
      }
      let isConnected: Bool
      do {
        isConnected = try poll(connection, waker: waker, deadline: deadline)
      } catch {
        PQfinish(connection)
        throw error
      }
      if isConnected {
        PQsetErrorVerbosity(connection, PQERRORS_DEFAULT)
        return Session(connection: connection, configuration)
      }
      defer { PQfinish(connection) }
      guard hosts.dropThrough(PQhost(connection).map { String(cString: $0) } ?? "") else {
        throw PostgresError(
          .connectionFailed,
          "No connection to PostgreSQL \(place(connection)): it did not answer in time.")
      }
    }
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

  /// Waits until the connection stands; false when time is up.
  private static func poll(
    _ connection: OpaquePointer, waker: Waker, deadline: ContinuousClock.Instant
  ) throws(PostgresError) -> Bool {
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
      case .timedOut: return false
      }
    }
    return true
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

/// The hosts that are still to be tried, in the lists that libpq takes.
private struct HostList {
  private(set) var keywords: [String: String]

  private static let lists = ["host", "hostaddr", "port"]

  init(_ keywords: [String: String]) { self.keywords = keywords }

  /// Leaves out the hosts up to one; false when none is left.
  mutating func dropThrough(_ host: String) -> Bool {
    let names = Self.items(keywords["host"] ?? keywords["hostaddr"])
    guard let index = names.firstIndex(of: host), index + 1 < names.count else { return false }
    for list in Self.lists {
      // One port serves all hosts.
      let items = Self.items(keywords[list])
      guard items.count == names.count else { continue }
      keywords[list] = items[(index + 1)...].joined(separator: ",")
    }
    return true
  }

  private static func items(_ list: String?) -> [String] {
    list?.split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? []
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
