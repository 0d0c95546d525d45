import Glibc

/// Reads a file line by line. Memory holds one line, whose length is bounded.
struct LineReader {
  /// The longest line, in bytes: an event's payload has at most one mebibyte.
  static let limit = 4 << 20

  private let descriptor: Int32
  private let name: String
  private var buffer: [UInt8] = []
  private var start = 0
  private var line = 0
  private var isAtEnd = false

  /// Opens the file, or standard input for `-`.
  init(_ file: String) throws {
    name = file
    descriptor = file == "-" ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let reason = String(cString: strerror(errno))
      throw Failure(.notFound, "\(file) cannot be read: \(reason). Check its name")
    }
  }

  /// The next line without its line feed; nil at the end. A byte order mark before the first line and a carriage return
  /// before a line feed are passed over.
  mutating func next() throws -> [UInt8]? {
    while true {
      if let end = buffer[start...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { start = end + 1 }
        return trimmed(buffer[start..<end])
      }
      if isAtEnd {
        guard start < buffer.count else { return nil }
        defer { start = buffer.count }
        return trimmed(buffer[start...])
      }
      buffer.removeFirst(start)
      start = 0
      guard buffer.count <= Self.limit else {
        throw Failure(.badInput, "\(name): line \(line + 1) is longer than \(Self.limit) bytes")
      }
      try fill()
    }
  }

  private mutating func fill() throws {
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    let count = read(descriptor, &chunk, chunk.count)
    if count < 0 {
      if errno == EINTR { return }
      throw Failure(.notFound, "\(name) cannot be read: \(String(cString: strerror(errno)))")
    }
    isAtEnd = count == 0
    buffer += chunk.prefix(count)
  }

  private mutating func trimmed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    line += 1
    var bytes = bytes
    if line == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    if bytes.last == UInt8(ascii: "\r") { bytes = bytes.dropLast() }
    return Array(bytes)
  }
}
