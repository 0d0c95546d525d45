public import PostgresClient

import Foundation
import Synchronization

/// Stands between a client and its server, and cuts the line or kills the client at a chosen moment.
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

  /// What becomes of the settings with which a client begins its session, as between a pooler and its server.
  public enum Settings: Sendable {
    /// They reach the server.
    case passed
    /// They are left out.
    case ignored
    /// Whoever has some is sent away.
    case refused
  }

  /// What the proxy waits for.
  private enum Cue {
    case text([UInt8])
    /// So many messages, this one included, until the one that is meant.
    case countdown(Int)
  }

  /// What happens then.
  private enum Deed {
    case cut, killClient, fallSilent
    case call(@Sendable () -> Void)
  }

  private struct Fault {
    let moment: Moment
    var cue: Cue
    let deed: Deed
  }

  private struct State {
    var fault: Fault?
    /// Nothing is passed on any more, and nobody told.
    var isSilent = false
    var hasStruck = false
    var sockets: Set<Int32> = []
    var isClosed = false
  }

  /// How to reach the server through the proxy.
  public let configuration: PostgresConfiguration
  private let directory: String
  private let serverPath: String
  private let listener: Int32
  private let settings: Settings
  private let state = Mutex(State())

  /// Opens a proxy to a server that listens on a Unix socket.
  public init(to server: PostgresConfiguration, settings: Settings = .passed) throws {
    self.settings = settings
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
    arm(Fault(moment: moment, cue: .text(Array(text.utf8)), deed: .cut))
  }

  /// Falls silent for good, the next time a client sends this text: lines stay open, and new ones are taken, but nothing
  /// is passed on any more.
  public func fallSilent(_ moment: Moment, whenClientSends text: String) {
    arm(Fault(moment: moment, cue: .text(Array(text.utf8)), deed: .fallSilent))
  }

  /// Falls silent for good at once.
  public func fallSilent() { state.withLock { $0.isSilent = true } }

  /// Returns as soon as it has fallen silent, and the server answered if it was to.
  public func waitUntilSilent() async {
    while !state.withLock({ $0.hasStruck }) { await Task.yield() }
  }

  /// Kills the client's process with SIGKILL, the next time one sends this text.
  public func killClient(_ moment: Moment, whenItSends text: String) {
    arm(Fault(moment: moment, cue: .text(Array(text.utf8)), deed: .killClient))
  }

  /// Kills the client's process with SIGKILL at what it sends as number `count` from now, from 1;
  /// what is long may be sent in several pieces.
  public func killClient(_ moment: Moment, atMessage count: Int) {
    arm(Fault(moment: moment, cue: .countdown(count), deed: .killClient))
  }

  /// Calls `deed` before the server sees what a client sends as number `count` from now, from 1, and passes that on.
  public func call(atMessage count: Int, _ deed: @escaping @Sendable () -> Void) {
    arm(Fault(moment: .beforeServerSees, cue: .countdown(count), deed: .call(deed)))
  }

  private func arm(_ fault: Fault) { state.withLock { $0.fault = fault } }

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
    while var bytes = line.read(line.client) {
      if isSilent { continue }
      guard pass(settingsIn: &bytes, of: line) else { break }
      if let fault = nextFault(bytes) {
        switch (fault.deed, fault.moment) {
        case (.fallSilent, let moment):
          state.withLock { state in
            state.isSilent = true
            state.hasStruck = moment == .beforeServerSees
          }
          if moment == .beforeServerSees { continue }
        case (.call(let deed), _): deed()
        case (.cut, .beforeServerSees): return end(line)
        case (.killClient, .beforeServerSees):
          line.killClient()
          return end(line)
        case (.cut, .afterServerAnswered): line.swallow(killingClient: false)
        case (.killClient, .afterServerAnswered): line.swallow(killingClient: true)
        }
      }
      guard line.write(bytes, to: line.server) else { break }
    }
    end(line)
  }

  /// Does to the settings what is to be done; returns whether the client may go on.
  private func pass(settingsIn bytes: inout [UInt8], of line: Line) -> Bool {
    let keyword = Array("\0options\0".utf8)
    guard settings != .passed, let range = bytes.firstRange(of: keyword) else { return true }
    // A setting of nobody's, of the same length.
    bytes.replaceSubrange(range, with: Array("\0no.name\0".utf8))
    guard settings == .refused else { return true }
    let fields = ["SFATAL", "VFATAL", "C08P01", "Munsupported startup parameter: options", ""]
    let body = Array(fields.map { "\($0)\0" }.joined().utf8)
    _ = line.write([0x45, 0, 0, 0, UInt8(body.count + 4)] + body, to: line.client)
    return false
  }

  /// The fault whose moment has come.
  private func nextFault(_ bytes: [UInt8]) -> Fault? {
    state.withLock { state in
      guard let fault = state.fault else { return nil }
      switch fault.cue {
      case .text(let text): guard bytes.contains(text) else { return nil }
      case .countdown(let count):
        guard count == 1 else {
          state.fault?.cue = .countdown(count - 1)
          return nil
        }
      }
      state.fault = nil
      return fault
    }
  }

  private func pumpAnswers(_ line: Line) {
    while let bytes = line.read(line.server) {
      if isSilent {
        if Self.endsAnswer(bytes) { state.withLock { $0.hasStruck = true } }
        continue
      }
      guard line.isSwallowing else {
        guard line.write(bytes, to: line.client) else { break }
        continue
      }
      if Self.endsAnswer(bytes) { break }
    }
    if line.killsClient { line.killClient() }
    end(line)
  }

  private var isSilent: Bool { state.withLock { $0.isSilent } }

  /// ReadyForQuery ends every answer, and comes after the commit.
  private static func endsAnswer(_ bytes: [UInt8]) -> Bool {
    bytes.dropLast().suffix(5).elementsEqual([0x5A, 0, 0, 0, 5])
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
  private let killing = Atomic(false)
  private let ended = Atomic(0)

  init(client: Int32, server: Int32) {
    self.client = client
    self.server = server
  }

  var isSwallowing: Bool { swallowing.load(ordering: .acquiring) }

  /// Whether the client is killed when the server has answered.
  var killsClient: Bool { killing.load(ordering: .acquiring) }

  func swallow(killingClient: Bool) {
    killing.store(killingClient, ordering: .releasing)
    swallowing.store(true, ordering: .releasing)
  }

  /// Kills the process at the other end of the client's socket.
  func killClient() {
    // struct ucred, which is not imported: process, user and group.
    var peer: (process: pid_t, uid_t, gid_t) = (0, 0, 0)
    var size = socklen_t(MemoryLayout.size(ofValue: peer))
    guard getsockopt(client, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0, peer.process > 0 else {
      return
    }
    kill(peer.process, SIGKILL)
  }

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
