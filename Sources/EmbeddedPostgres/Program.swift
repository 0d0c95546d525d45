import Glibc
import Subprocess
import SystemPackage

/// Runs programs as the server's account, in its directory, with hardly any environment: neither
/// PostgreSQL's variables nor root's secrets are the server's business.
struct ProgramRunner {
  let account: Account
  let directory: String

  struct Outcome {
    let succeeded: Bool
    /// What it wrote, standard error included.
    let output: String
  }

  /// Waits for the program's end.
  ///
  /// Relative paths among the arguments count from the runner's directory, which spares them from
  /// the shells through which `pg_ctl` and `initdb` pass what they are given.
  func run(
    _ path: String, _ arguments: [String], input: String = ""
  ) async throws(EmbeddedPostgresError) -> Outcome {
    var executable = Executable.path(FilePath(path))
    var arguments = arguments
    if geteuid() != account.userID {
      // A program does it, for setuid takes locks of the C library, and between fork and exec nobody
      // is left to let go of them: the child would wait for ever.
      executable = .name("setpriv")
      arguments =
        [
          "--reuid=\(account.userID)", "--regid=\(account.groupID)", "--clear-groups", "--", path,
        ] + arguments
    }
    do {
      let result = try await Subprocess.run(
        executable, arguments: Arguments(arguments), environment: .custom(environment),
        workingDirectory: FilePath(directory), input: .string(input),
        output: .bytes(limit: 1 << 20), error: .combinedWithOutput)
      return Outcome(
        succeeded: result.terminationStatus.isSuccess,
        output: String(decoding: result.standardOutput, as: UTF8.self))
    } catch {
      throw .programFailed(program: path, message: "\(error).")
    }
  }

  private var environment: [Environment.Key: String] {
    var environment: [Environment.Key: String] = ["PATH": "/usr/bin:/bin", "LC_ALL": "C"]
    // A server built by hand may need it to find its libraries.
    if geteuid() == account.userID, let libraries = getenv("LD_LIBRARY_PATH") {
      environment["LD_LIBRARY_PATH"] = String(cString: libraries)
    }
    return environment
  }
}
