import ArgumentParser
import EventLog
import Glibc
import PostgresClient

/// `dossier db psql`
struct DatabasePsql: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "psql", abstract: "Open psql on the database.",
    discussion: """
      EXAMPLES
        dossier db psql
        dossier db psql -- -c "select count(*) from dossier.event"
      """)

  @Argument(parsing: .postTerminator, help: "Arguments for psql, after --.")
  var arguments: [String] = []
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global)
    let server = try Server(session.settings, url: global.databaseURL)
    await session.log.pool.close()
    if let password = server.configuration.password { setenv("PGPASSWORD", password, 1) }
    let words = ["psql", server.configuration.connectionString] + arguments
    var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    pointers.append(nil)
    // psql takes this process's place: the terminal, signals and the exit status are its own.
    execvp("psql", &pointers)
    throw Failure(
      .unavailable, "psql is not installed. Install it with: apt-get install postgresql-client")
  }
}
