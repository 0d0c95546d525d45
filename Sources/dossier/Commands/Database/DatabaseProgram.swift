import Subprocess
import SystemPackage

/// One of PostgreSQL's own programs.
struct DatabaseProgram {
  private let name: String

  init(_ name: String) {
    self.name = name
  }

  /// Runs it to its end, with its messages on standard error.
  ///
  /// - Throws: `Failure` when it is not installed or fails.
  func run(_ arguments: [String]) async throws {
    let outcome: TerminationStatus
    do {
      outcome = try await Subprocess.run(
        .name(name), arguments: Arguments(arguments), input: .none, output: .discarded,
        error: .fileDescriptor(.standardError, closeAfterSpawningProcess: false)
      ).terminationStatus
    } catch {
      throw Failure(
        .unavailable,
        "\(name) cannot be run. Install it with: apt-get install postgresql-client")
    }
    guard outcome.isSuccess else {
      throw Failure(.unavailable, "\(name) failed; its message is above, and nothing was changed")
    }
  }
}
