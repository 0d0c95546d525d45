import Glibc

@testable import EmbeddedPostgres

/// A cluster below `/tmp`, stopped and removed when the body has ended; its home has the given path
/// below a directory of its own.
func withCluster(
  named name: String = "home", _ body: (EmbeddedCluster) async throws -> Void
) async throws {
  try await withDirectory { directory in
    let cluster = try EmbeddedCluster(home: "\(directory)/\(name)")
    do {
      try await body(cluster)
    } catch {
      try await cluster.stop(.immediate)
      throw error
    }
    try await cluster.stop(.immediate)
  }
}

/// A new directory below `/tmp` that other users can enter, removed afterwards.
func withDirectory(_ body: (String) async throws -> Void) async throws {
  var template = Array("/tmp/dossier-embedded.XXXXXX".utf8CString)
  guard mkdtemp(&template) != nil else { throw TestError("no directory: \(SystemError.current)") }
  let directory = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  chmod(directory, 0o755)
  let rm = ProgramRunner(account: try Account.current(), directory: "/")
  do {
    try await body(directory)
  } catch {
    _ = try await rm.run("/bin/rm", ["-rf", "--", directory])
    throw error
  }
  _ = try await rm.run("/bin/rm", ["-rf", "--", directory])
}

struct TestError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

extension EmbeddedCluster {
  /// What a query answers, columns parted by `|`, asked as the given role by this process's account.
  func ask(_ sql: String, _ parameters: [String: String]) async throws -> String {
    let connection = parameters.map { "\($0)='\($1)'" }.sorted().joined(separator: " ")
    let outcome = try await ProgramRunner(account: person, directory: "/").run(
      try await locate().program("psql"),
      ["--no-psqlrc", "--tuples-only", "--no-align", "--command=\(sql)", connection])
    guard outcome.succeeded else { throw TestError(outcome.output) }
    return outcome.output.split(separator: "\n").joined(separator: "\n")
  }

  /// The server's process.
  func serverProcess() throws -> pid_t {
    guard let process = try status().processID else { throw TestError("no server runs") }
    return process
  }
}

/// The error a body ends with, if it is one of ours.
func refusal(_ body: () async throws(EmbeddedPostgresError) -> Void) async -> EmbeddedPostgresError?
{
  do {
    try await body()
    return nil
  } catch {
    return error
  }
}

/// Writes a file that can be run at once.
///
/// Another program writes it: the system refuses to run a file that anybody has open for writing, and
/// what this process has open a child that starts meanwhile has too, until its own program runs.
func writeProgram(_ path: String, _ text: String) async throws {
  let writer = ProgramRunner(account: try Account.current(), directory: "/")
  let outcome = try await writer.run(
    "/bin/sh", ["-c", "printf %s \"$2\" >\"$1\" && chmod 755 \"$1\"", "sh", path, text])
  guard outcome.succeeded else { throw TestError("\(path): \(outcome.output)") }
}

/// Makes this process, which must be root's, another account's for good.
func become(_ name: String) throws {
  guard let account = Account.named(name), setgroups(0, nil) == 0, setgid(account.groupID) == 0,
    setuid(account.userID) == 0
  else { throw TestError("cannot become \(name): \(SystemError.current)") }
}
