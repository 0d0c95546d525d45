/// Bounds how many tests use a database at a time: each holds connections, and a server has not many.
actor TestPlaces {
  static let shared = TestPlaces(30)

  /// A test that has a place may use further databases: waiting for one another, all could wait for ever.
  @TaskLocal private static var hasPlace = false

  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ count: Int) {
    free = count
  }

  /// Runs a test's work on a database as soon as there is a place.
  nonisolated(nonsending) static func withPlace<R>(
    _ body: nonisolated(nonsending) () async throws -> R
  ) async throws -> R {
    if hasPlace { return try await body() }
    await shared.take()
    do {
      let result = try await $hasPlace.withValue(true) { try await body() }
      await shared.leave()
      return result
    } catch {
      await shared.leave()
      throw error
    }
  }

  private func take() async {
    guard free == 0 else {
      free -= 1
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }

  private func leave() {
    if waiting.isEmpty {
      free += 1
    } else {
      waiting.removeFirst().resume()
    }
  }
}
