import ArgumentParser
import StrictJSON
import Terminal

/// `dossier doctor`
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Show what is installed, reachable and behind, and how to mend it.",
    discussion: """
      EXAMPLES
        dossier doctor
      """)

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let settings = try Settings()
    var checkup = Checkup()
    checkup.note("dossier", Version.text)
    do {
      let server = try Server(settings, url: global.databaseURL)
      if let embedded = server.embedded { await checkup.inspect(embedded) }
      await checkup.inspect(server)
    } catch {
      checkup.fail("server", Failure(error).message ?? "")
    }
    let result = checkup
    try global.show(Document(json: result.json) { result.page(width: $0) })
    if result.hasFailed { throw ExitStatus.checkFailed }
  }
}
