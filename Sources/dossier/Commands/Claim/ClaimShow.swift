import ArgumentParser
import Casebook
import CasebookStore
import StrictJSON

/// `dossier claim show`
struct ClaimShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show one claim with everything known about it.",
    discussion: """
      EXAMPLES
        dossier claim show gouzenko/c12
        dossier claim show gouzenko/c12 --as-of "2 weeks ago"
      """)

  @Argument(help: "The claim.") var reference: String
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try await Session.open(global, read)
    let reference = try ItemReference(reference)
    let (view, file) = try await session.caseFile(reference.home, read)
    let claim = try file.claim(reference)
    try session.show(
      on: view,
      Document(
        json: view.document(
          ("claim", view.json(claim, in: file)),
          (
            "disputes",
            .array(
              file.disputes(of: claim.number)
                .map { view.json($0, in: file) })
          ))
      ) { width in
        view.page(claim, in: file, width: width)
      })
  }
}
