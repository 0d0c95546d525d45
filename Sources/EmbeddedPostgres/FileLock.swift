import Dispatch
import Glibc

/// A lock on a file that one process at a time can hold, and that the kernel lets go of when its
/// holder dies. Programs started meanwhile do not inherit it.
enum FileLock {
  /// Waits until nobody else holds the lock, and holds it while the body runs.
  static func holding<Value>(
    _ path: String, _ body: () async throws(EmbeddedPostgresError) -> Value
  ) async throws(EmbeddedPostgresError) -> Value {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw .cannotUse(path: path, reason: .current) }
    defer { close(descriptor) }
    // On a thread of its own: who waits must not keep a thread from the one who is to let go.
    let failure = await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        var result: Int32
        repeat { result = flock(descriptor, LOCK_EX) } while result != 0 && errno == EINTR
        continuation.resume(returning: result == 0 ? nil : SystemError.current)
      }
    }
    if let failure { throw .cannotUse(path: path, reason: failure) }
    return try await body()
  }
}
