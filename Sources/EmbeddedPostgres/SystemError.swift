import Glibc

/// Why the operating system refused something.
public struct SystemError: Hashable, Sendable, CustomStringConvertible {
  /// `errno`'s value.
  public let number: Int32

  init(_ number: Int32) {
    self.number = number
  }

  /// What the call that failed just now left in `errno`.
  static var current: SystemError { SystemError(errno) }

  /// The C library's words for it, such as "Permission denied".
  public var description: String {
    strerror(number).map { String(cString: $0) } ?? "error \(number)"
  }
}
