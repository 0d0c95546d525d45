import Casebook
import StrictJSON

/// A command on a claim, given only when the claim is of the source that its texts are marked with: an analyst who
/// copies from one book does not write it down under another.
struct InVoice: Command {
  private let command: any Command
  private let reference: ItemReference
  private let source: String

  init(_ command: any Command, of reference: ItemReference, _ source: String) {
    self.command = command
    self.reference = reference
    self.source = source
  }

  var json: JSON { command.json }

  var cases: Set<Slug> { command.cases }

  func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    let claim = state.cases[reference.home]?.claims[reference.number]
    guard claim?.content.source.text == source else {
      throw Refusal(.unknownClaim, "\(reference) is not of \(source)")
    }
    return try command.decide(on: state)
  }
}
