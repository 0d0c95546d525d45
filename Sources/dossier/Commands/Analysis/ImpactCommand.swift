import Analysis
import ArgumentParser
import Casebook
import CasebookStore
import StrictJSON

/// `dossier impact`
struct ImpactCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "impact",
    abstract: "What a correction, a withdrawal or a dispute of a claim would change.",
    discussion: """
      EXAMPLES
        dossier impact gouzenko/c5
        dossier impact gouzenko/c1 1919-01-26
        dossier impact gouzenko/c5 --format json

      Without a value the claim is supposed to be withdrawn (or, when it is withdrawn, to stand again); with one, \
      to say this instead. Nothing is recorded. A dispute leaves counts and comparisons as they are and makes the \
      conclusions stale.
      """)

  @Argument(help: "The claim.") var reference: String
  @Argument(help: "The value that it would say instead.") var value: String?
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let reference = try ItemReference(reference)
    guard reference.kind == .claim else {
      throw Failure(
        .usage, "\(reference) is not a claim. Name one, such as \(reference.home)/c1")
    }
    let value = try value.map { try TextArgument.read($0) }
    let session = try await Session.open(global, read)
    let (view, impact) = try await session.impact(on: reference, value, read)
    try session.show(on: view, Document(json: view.json(impact)) { view.page(impact, width: $0) })
  }
}

extension Session {
  fileprivate func impact(
    on reference: ItemReference, _ value: String?, _ read: ReadOptions
  ) async throws -> (View, Impact) {
    let store = try await casebook()
    var (view, file) = try await caseFile(reference.home, read)
    let claim = try file.claim(reference)
    let supposition: Supposition =
      if let value {
        .corrected(to: value)
      } else {
        claim.status == .current ? .withdrawn : .reinstated
      }
    let stated = (view.state.register?.tabulations ?? [])
      .filter { !$0.isWithdrawn && $0.content.source == claim.content.source }
      .map(\.content.id)
    var needed = try Tabulator.cases(neededFor: stated, in: view.state).union([reference.home])
    if let slug = value.flatMap({ try? Slug($0) }) { needed.insert(slug) }
    view = try await store.view(of: needed, at: view.basis, view.voices)
    let usable = stated.filter { id in
      do throws(Refusal) {
        _ = try Tabulator([id], in: view.state)
        return true
      } catch {
        terminal.warn("left out: \(error)")
        return false
      }
    }
    var impact = try Impact(
      of: supposition, on: reference, tabulations: usable, in: view.state)
    view.add(
      stoppedIn: try await store.forEachCase(at: view.basis, view.voices) { _, file in
        impact.add(file)
      })
    return (view, impact)
  }
}
