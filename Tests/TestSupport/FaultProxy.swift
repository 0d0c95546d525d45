public import PostgresClient

import Foundation
import Synchronization

/// Stands between a client and its server, and cuts the line at a chosen moment.
///
/// It is how a test loses a connection before the server has seen a `COMMIT`, or after the server
/// has done it and before the client knows.
public final class FaultProxy: Sendable {
  /// When the line is cut.
  public enum Moment: Sendable {
    /// The server never sees the message.
    case beforeServerSees
    /// The server has done what it was asked, and its whole answer is swallowed.
    case afterServerAnswered
  }

  private struct State {
    var fault: (moment: Moment, text: [UInt8])?
    var sockets: Set<Int32> = []
    var isClosed = false
  }

  /// How to reach the server through the proxy.
  public let configuration: PostgresConfiguration
  private let directory: String
  private let serverPath: String
  private let listener: Int32
  private let state = Mutex(State())

  /// Opens a proxy to a server that listens on a Unix socket.
  public init(to server: PostgresConfiguration) throws {
    let port = server.keywords["port"] ?? "5432"
    var template = Array("/tmp/dossier-px.XXXXXX".utf8CString)
    guard let host = server.host, let path = mkdtemp(&template) else {
      throw FaultProxyFailure()
    }
    directory = String(cString: path)
    serverPath = "\(host)/.s.PGSQL.\(port)"
    var configuration = server
    configuration.host = directory
    configuration.keywords["port"] = port
    self.configuration = configuration
    listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    let bound = Self.withAddress("\(directory)/.s.PGSQL.\(port)") { bind(listener, $0, $1) }
    guard bound == 0, listen(listener, 64) == 0 else { throw FaultProxyFailure() }
    Thread.detachNewThread { [self] in acceptClients() }
  }

  /// Cuts the line once, the next time a client sends this text.
  public func cut(_ moment: Moment, whenClientSends text: String) {
    state.withLock { $0.fault = (moment, Array(text.utf8)) }
  }

  /// Cuts every line there is, and takes no new ones.
  public func close() {
    let sockets = state.withLock { state in
      state.isClosed = true
      return state.sockets
    }
    for socket in sockets { shutdown(socket, Int32(SHUT_RDWR)) }
    shutdown(listener, Int32(SHUT_RDWR))
    try? FileManager.default.removeItem(atPath: directory)
  }

  // MARK: Lines

  private func acceptClients() {
    while true {
      let client = accept(listener, nil, nil)
      guard client >= 0 else { break }
      _ = fcntl(client, F_SETFD, FD_CLOEXEC)
      let server = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
      let connected = Self.withAddress(serverPath) { connect(server, $0, $1) }
      let isOpen = state.withLock { state in
        guard connected == 0, !state.isClosed else { return false }
        state.sockets.formUnion([client, server])
        return true
      }
      guard isOpen else {
        _ = Glibc.close(client)
        _ = Glibc.close(server)
        continue
      }
      let line = Line(client: client, server: server)
      Thread.detachNewThread { [self] in pumpRequests(line) }
      Thread.detachNewThread { [self] in pumpAnswers(line) }
    }
    _ = Glibc.close(listener)
  }

  private func pumpRequests(_ line: Line) {
    while let bytes = line.read(line.client) {
      let moment = state.withLock { state -> Moment? in
        guard let fault = state.fault, bytes.contains(fault.text) else { return nil }
        state.fault = nil
        return fault.moment
      }
      if moment == .beforeServerSees { break }
      if moment == .afterServerAnswered { line.swallow() }
      guard line.write(bytes, to: line.server) else { break }
    }
    end(line)
  }

  private func pumpAnswers(_ line: Line) {
    while let bytes = line.read(line.server) {
      guard line.isSwallowing else {
        guard line.write(bytes, to: line.client) else { break }
        continue
      }
      // ReadyForQuery ends every answer, and comes after the commit.
      let readyForQuery: [UInt8] = [0x5A, 0, 0, 0, 5]
      if bytes.dropLast().suffix(5).elementsEqual(readyForQuery) { break }
    }
    end(line)
  }

  /// Cuts a line; the second of its two pumps closes the sockets.
  private func end(_ line: Line) {
    shutdown(line.client, Int32(SHUT_RDWR))
    shutdown(line.server, Int32(SHUT_RDWR))
    guard line.isSecondToEnd() else { return }
    state.withLock { $0.sockets.subtract([line.client, line.server]) }
    _ = Glibc.close(line.client)
    _ = Glibc.close(line.server)
  }

  private static func withAddress(
    _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
    return withUnsafeBytes(of: &address) { bytes in
      guard let base = bytes.baseAddress else { return -1 }
      return body(
        base.assumingMemoryBound(to: sockaddr.self), socklen_t(MemoryLayout<sockaddr_un>.size))
    }
  }
}

/// One client's connection and the one to the server that belongs to it.
private final class Line: Sendable {
  let client: Int32
  let server: Int32
  private let swallowing = Atomic(false)
  private let ended = Atomic(0)

  init(client: Int32, server: Int32) {
    self.client = client
    self.server = server
  }

  var isSwallowing: Bool { swallowing.load(ordering: .acquiring) }

  func swallow() { swallowing.store(true, ordering: .releasing) }

  func isSecondToEnd() -> Bool { ended.add(1, ordering: .acquiringAndReleasing).newValue == 2 }

  func read(_ socket: Int32) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    let count = recv(socket, &buffer, buffer.count, 0)
    return count > 0 ? Array(buffer.prefix(count)) : nil
  }

  func write(_ bytes: [UInt8], to socket: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}

/// A proxy could not be opened.
public struct FaultProxyFailure: Error {}
