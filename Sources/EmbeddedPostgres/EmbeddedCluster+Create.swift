import Glibc

extension EmbeddedCluster {
  private static let unfinished = "data.unfinished-"

  /// Makes the cluster, whole or not at all: in a directory of another name, renamed at the end.
  func create(with installation: Installation) async throws(EmbeddedPostgresError) {
    let runner = runner(in: clusterDirectory)
    try await removeUnfinished(runner)
    // A name of its own each time: if a killed attempt left initdb running, it shall not meddle.
    let name = Self.unfinished + String(UInt64.random(in: .min ... .max), radix: 16)
    do {
      try await initialize(name, with: installation, runner)
      try Files.rename(name, to: "data", in: clusterDirectory)
    } catch {
      // Best effort, for the cause is what counts; the next attempt removes what remains.
      try? await removeUnfinished(runner)
      throw error
    }
  }

  private func removeUnfinished(_ runner: ProgramRunner) async throws(EmbeddedPostgresError) {
    let names = Files.names(in: clusterDirectory).filter { $0.hasPrefix(Self.unfinished) }
    guard !names.isEmpty else { return }
    _ = try await runner.run("/bin/rm", ["-rf", "--"] + names)
  }

  private func initialize(
    _ name: String, with installation: Installation, _ runner: ProgramRunner
  ) async throws(EmbeddedPostgresError) {
    func step(
      _ program: String, _ arguments: [String], input: String = ""
    ) async throws(EmbeddedPostgresError) {
      let outcome = try await runner.run(program, arguments, input: input)
      guard outcome.succeeded else {
        if Files.tellsOfFullDisk(outcome.output) {
          throw .diskFull(path: clusterDirectory, message: complaint(in: outcome.output))
        }
        let name = program.split(separator: "/").last ?? ""
        throw .programFailed(program: String(name), message: complaint(in: outcome.output))
      }
    }
    try await step(
      installation.program("initdb"),
      [
        "--pgdata=\(name)", "--username=\(Self.superuser)", "--auth-local=peer",
        "--auth-host=reject", "--encoding=UTF8", "--locale=\(Self.locale)", "--data-checksums",
        "--no-instructions",
      ])
    let people = [person.name, serverAccount.name].reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    try await step(
      "/usr/bin/tee", ["-a", "\(name)/postgresql.conf"], input: ServerSettings.tunable)
    try await step("/usr/bin/tee", ["\(name)/pg_hba.conf"], input: ServerSettings.admission)
    try await step(
      "/usr/bin/tee", ["\(name)/pg_ident.conf"], input: ServerSettings.identities(of: people))
    try await step(
      installation.program("postgres"),
      ["--single", "-j", "-D", name, "-c", "exit_on_error=on", "template1"],
      input: ServerSettings.bootstrap(people: people))
  }

  /// Unicode characters in the order of their codes, the same on every machine.
  private static var locale: String {
    guard let locale = newlocale(1 << LC_COLLATE | 1 << LC_CTYPE, "C.UTF-8", nil) else {
      return "C"
    }
    freelocale(locale)
    return "C.UTF-8"
  }
}
