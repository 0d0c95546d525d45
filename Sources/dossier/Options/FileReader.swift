import Glibc

/// Reads whole files, refusing what nobody can have meant.
enum FileReader {
  /// Reads a file's bytes.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - limit: Bytes it may have at most.
  /// - Returns: All of them.
  /// - Throws: `Failure` with status 66 when there is none, 77 when it must not be read.
  static func bytes(of path: String, limit: Int) throws(Failure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, errno) }
    defer { close(descriptor) }
    return try bytes(from: descriptor, named: path, limit: limit)
  }

  /// Reads a descriptor to its end.
  static func bytes(
    from descriptor: Int32, named place: String, limit: Int
  ) throws(Failure) -> [UInt8] {
    var result: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count == 0 { return result }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure(place, errno)
      }
      result += chunk[..<count]
      guard result.count <= limit else {
        throw Failure(.badInput, "\(place) is longer than \(limit) bytes. Shorten it")
      }
    }
  }

  /// Refuses a path at which there is nothing.
  static func requireSomething(at path: String) throws(Failure) {
    guard access(path, F_OK) == 0 else { throw failure(path, errno) }
  }

  private static func failure(_ place: String, _ number: Int32) -> Failure {
    let reason = String(cString: strerror(number))
    switch number {
    case ENOENT, ENOTDIR:
      return Failure(.notFound, "there is no file \(place). Check the path")
    case EACCES, EPERM:
      return Failure(.notAllowed, "\(place) cannot be read: \(reason). Check who may read it")
    default:
      return Failure(.notFound, "\(place) cannot be read: \(reason)")
    }
  }
}
