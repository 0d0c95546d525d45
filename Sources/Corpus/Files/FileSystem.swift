import Glibc

/// The few operations on files that a corpus needs, each with its failure in words.
enum FileSystem {
  /// A failure, as the operating system puts it.
  struct Failure: Error {
    let message: String

    init(_ code: Int32) {
      message =
        switch code {
        case ENOENT: "there is no such file"
        case EACCES, EPERM: "you may not read or write it"
        case EISDIR: "it is a directory"
        case ENOTDIR: "it is not a directory"
        case ENOSPC: "the disk is full"
        default: String(cString: strerror(code))
        }
    }

    init(message: String) { self.message = message }
  }

  /// Hands the bytes of the file to `body`, a piece at a time.
  static func read(
    _ path: String, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(errno) }
    defer { close(descriptor) }
    try withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
      while true {
        let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        if count == 0 { return }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw Failure(errno) }
        try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      }
    }
  }

  /// The bytes of the file, unless there are more than `limit`.
  static func bytes(of path: String, limit: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try read(path) { piece in
      guard bytes.count + piece.count <= limit else {
        throw Failure(message: "it is larger than \(limit >> 20) MiB; split it")
      }
      bytes.append(contentsOf: piece)
    }
    return bytes
  }

  /// The names in the directory in the order of their bytes, hidden ones left out.
  static func names(in path: String) throws(Failure) -> [String] {
    guard let directory = opendir(path) else { throw Failure(errno) }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        String(cString: UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Whether there is a directory.
  static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether there is anything.
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Makes the directory unless it is there.
  static func makeDirectory(_ path: String) throws(Failure) {
    guard mkdir(path, 0o777) != 0, errno != EEXIST else { return }
    throw Failure(errno)
  }

  /// Replaces the file's content: a reader finds the old bytes or the new ones, never a part.
  static func write(_ text: String, to path: String) throws(Failure) {
    let temporary = "\(path).\(getpid()).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw Failure(errno) }
    var failure = write(Array(text.utf8), to: descriptor)
    if failure == nil, fsync(descriptor) != 0 { failure = Failure(errno) }
    if close(descriptor) != 0, failure == nil { failure = Failure(errno) }
    if failure == nil, rename(temporary, path) != 0 { failure = Failure(errno) }
    if let failure {
      unlink(temporary)
      throw failure
    }
  }

  /// Removes the file.
  static func remove(_ path: String) throws(Failure) {
    guard unlink(path) == 0 else { throw Failure(errno) }
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Failure? {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress
        let count = Glibc.write(descriptor, start, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { return Failure(errno) }
        rest = rest.dropFirst(count)
      }
      return nil
    }
  }
}
