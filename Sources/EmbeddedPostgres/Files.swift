import Glibc

/// The few things done to files and directories without PostgreSQL's programs.
enum Files {
  /// What is at the path itself, a symbolic link not followed; nothing if there is nothing.
  static func status(_ path: String) throws(EmbeddedPostgresError) -> stat? {
    var status = stat()
    if lstat(path, &status) == 0 { return status }
    guard errno == ENOENT || errno == ENOTDIR else {
      throw .cannotUse(path: path, reason: .current)
    }
    return nil
  }

  static func isDirectory(_ status: stat) -> Bool {
    status.st_mode & S_IFMT == S_IFDIR
  }

  /// Makes a directory and what is missing above it, each with the given mode whatever the umask.
  static func makeDirectories(_ path: String, mode: mode_t) throws(EmbeddedPostgresError) {
    if try status(path) != nil { return }
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try makeDirectories(String(path[..<slash]), mode: mode)
    }
    // Another process may have been faster, which is as good.
    guard mkdir(path, mode) == 0 || errno == EEXIST, chmod(path, mode) == 0 else {
      throw .cannotUse(path: path, reason: .current)
    }
  }

  /// Makes a directory that only one account can enter, or finds it so; anybody else's is refused.
  static func makePrivateDirectory(
    _ path: String, for account: Account
  ) throws(EmbeddedPostgresError) {
    let isNew = mkdir(path, 0o700) == 0
    guard isNew || errno == EEXIST, let status = try status(path) else {
      throw .cannotUse(path: path, reason: .current)
    }
    let isOurs = isDirectory(status) && [account.userID, geteuid()].contains(status.st_uid)
    guard isOurs else {
      throw .foreignDirectory(
        path: path, owner: Account.displayName(of: status.st_uid), expected: account.name)
    }
    // Root makes it first and hands it over then; it may have been stopped in between.
    if status.st_uid != account.userID, lchown(path, account.userID, account.groupID) != 0 {
      throw .cannotUse(path: path, reason: .current)
    }
    if status.st_mode & 0o7777 != 0o700, chmod(path, 0o700) != 0 {
      throw .cannotUse(path: path, reason: .current)
    }
  }

  /// The names in a directory; none if it does not exist.
  static func names(in path: String) -> [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// A file's text from an offset on, 64 KiB of it at most; nothing if there is no file.
  static func text(_ path: String, from offset: Int = 0) throws(EmbeddedPostgresError) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .cannotUse(path: path, reason: .current)
    }
    defer { close(descriptor) }
    let bytes = [UInt8](unsafeUninitializedCapacity: 65536) { buffer, count in
      count = max(0, pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset)))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Renames within a directory, durably.
  static func rename(
    _ old: String, to new: String, in directory: String
  ) throws(EmbeddedPostgresError) {
    guard Glibc.rename("\(directory)/\(old)", "\(directory)/\(new)") == 0 else {
      throw .cannotUse(path: "\(directory)/\(new)", reason: .current)
    }
    let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotUse(path: directory, reason: .current) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .cannotUse(path: directory, reason: .current) }
  }

  /// Whether a program says that there was no room to write.
  static func tellsOfFullDisk(_ output: String) -> Bool {
    [ENOSPC, EDQUOT].contains { output.contains(SystemError($0).description) }
  }

  /// Whether the disk that holds a path has next to no room: less than a page of the log takes.
  static func isFull(_ path: String) -> Bool {
    var status = statvfs()
    return statvfs(path, &status) == 0 && status.f_bavail * UInt(status.f_frsize) < 8192
  }
}
