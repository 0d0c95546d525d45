import Glibc
import Synchronization

/// Why text could not be written to standard output, standard error or a file.
public enum StreamError: Error, Hashable, Sendable {
  /// The reader has gone, as in `dossier case list | head -1`: no failure, but no reason to go on.
  case closed
  /// The system refused, for the reason given in its own words ("No space left on device").
  case refused(String)
}

/// A buffered writer on a file descriptor.
public final class ByteStream: Sendable {
  /// The descriptor written to.
  public let descriptor: Int32

  private let buffer = Mutex<[UInt8]>([])
  private static let capacity = 64 * 1024

  /// Wraps a descriptor, which stays the caller's to close.
  public init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// Adds text, writing when enough has gathered.
  ///
  /// - Throws: ``StreamError`` when it was written and that failed.
  public func write(_ text: String) throws(StreamError) {
    let isFull = buffer.withLock { buffer in
      buffer.append(contentsOf: text.utf8)
      return buffer.count >= Self.capacity
    }
    if isFull { try flush() }
  }

  /// Writes all that has gathered. What failed to be written is dropped.
  ///
  /// - Throws: ``StreamError``.
  public func flush() throws(StreamError) {
    let failure = buffer.withLock { buffer in
      defer { buffer.removeAll(keepingCapacity: true) }
      return Self.writeAll(buffer, to: descriptor)
    }
    if let failure { throw failure }
  }

  private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> StreamError? {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written >= 0 {
        rest = rest.dropFirst(written)
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN: waitUntilWritable(descriptor)
      case EPIPE: return .closed
      default: return .refused(systemMessage(errno))
      }
    }
    return nil
  }

  /// Waits on a descriptor that someone else made non-blocking (a terminal shared with such a program).
  private static func waitUntilWritable(_ descriptor: Int32) {
    var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    _ = poll(&request, 1, -1)
  }

  /// Makes writing to a closed pipe an error that can be handled instead of a deadly signal.
  public static func ignoreBrokenPipes() {
    signal(SIGPIPE, SIG_IGN)
  }
}

/// The system's words for an error number.
func systemMessage(_ number: Int32) -> String {
  var text = [CChar](repeating: 0, count: 256)
  guard strerror_r(number, &text, text.count) == 0 else { return "error \(number)" }
  return text.withUnsafeBufferPointer { buffer in
    buffer.baseAddress.map { String(cString: $0) } ?? "error \(number)"
  }
}
