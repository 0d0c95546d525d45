import Glibc
import SystemPackage

/// A file that has its name only when it is whole.
enum WholeFile {
  private static let unfinished = ".dossier-unfinished-"

  /// Writes a file that only its owner may read. Until it is whole it has another name in the same directory; whoever
  /// fails leaves nothing, and what a killed process left there the next one removes.
  ///
  /// - Parameters:
  ///   - path: Its name, which must be free.
  ///   - body: Writes to the descriptor it is given, which is that of the path it is given.
  /// - Throws: `Failure` naming the file; what `body` throws.
  static func write(
    _ path: String,
    _ body: (_ unfinished: String, _ descriptor: FileDescriptor) async throws -> Void
  ) async throws {
    guard access(path, F_OK) != 0 else { throw failure(path, EEXIST) }
    let directory = directory(of: path)
    removeLeftovers(in: directory)
    let temporary =
      "\(directory)/\(unfinished)\(String(UInt64.random(in: .min ... .max), radix: 16))"
    let descriptor = open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(path, errno) }
    // Once it has its own name, this one is not needed any more.
    defer {
      unlink(temporary)
      close(descriptor)
    }
    // For as long as somebody writes to it, and be it a child of a killed process, it is no leftover.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw failure(path, errno) }
    try await body(temporary, FileDescriptor(rawValue: descriptor))
    guard fsync(descriptor) == 0 else { throw failure(path, errno) }
    try rename(temporary, to: path)
    try sync(directory, of: path)
  }

  /// Why a file cannot be written, and what to do.
  static func failure(_ path: String, because reason: String) -> Failure {
    Failure(
      .unavailable, "\(path) cannot be written: \(reason). Make room, or name a file elsewhere")
  }

  private static func failure(_ path: String, _ number: Int32) -> Failure {
    let reason = String(cString: strerror(number))
    switch number {
    case EEXIST: return Failure(.badInput, "\(path) exists already. Name another file")
    case ENOENT, ENOTDIR:
      return Failure(
        .notFound, "there is no directory \(directory(of: path)) for \(path). Make it first")
    case EACCES, EPERM, EROFS:
      return Failure(
        .notAllowed,
        "\(path) cannot be written: \(reason). Check who may write in \(directory(of: path))")
    default: return failure(path, because: reason)
    }
  }

  private static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Fails where the name has been taken meanwhile.
  private static func rename(_ temporary: String, to path: String) throws(Failure) {
    if link(temporary, path) == 0 { return }
    // The file systems of memory sticks know no links.
    let hasLinks = ![EPERM, EOPNOTSUPP, ENOSYS].contains(errno)
    guard !hasLinks, renameUnlessTaken(AT_FDCWD, temporary, AT_FDCWD, path, 1) == 0 else {
      throw failure(path, errno)
    }
  }

  /// `renameat2(2)`, which Swift's module of the C library leaves out; 1 is `RENAME_NOREPLACE`.
  private static let renameUnlessTaken = unsafeBitCast(
    dlsym(nil, "renameat2"),
    to: (@convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32)
      .self)

  private static func sync(_ directory: String, of path: String) throws(Failure) {
    let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, errno) }
    defer { close(descriptor) }
    // Some file systems cannot be asked for it.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure(path, errno) }
  }

  /// Removes what killed processes of this person left; best effort, for it is in nobody's way.
  private static func removeLeftovers(in path: String) {
    guard let directory = opendir(path) else { return }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name.hasPrefix(unfinished) else { continue }
      let descriptor = open("\(path)/\(name)", O_RDWR | O_CLOEXEC | O_NOFOLLOW)
      guard descriptor >= 0 else { continue }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink("\(path)/\(name)") }
      close(descriptor)
    }
  }
}
