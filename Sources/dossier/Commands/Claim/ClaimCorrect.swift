import ArgumentParser
import Casebook

/// `dossier claim correct`
struct ClaimCorrect: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "correct", abstract: "Mend our record of what a source says.",
    discussion: """
      EXAMPLES
        dossier claim correct gouzenko/c1 1919-01-26 --kind transcription \\
          -m "misread the day"
        dossier claim correct gouzenko/c1 --kind locator -l "p. [42]" -m "wrong page"
        dossier claim correct gouzenko/c2 --clear hedge --kind interpretation \\
          -m "not a hedge"

      A correction says that we recorded it wrongly and the source says something else. If the source \
      itself is wrong, leave the claim as it is and dispute it: dossier claim dispute REF -m GROUNDS
      """)

  @Argument(help: "The claim, such as gouzenko/c1.") var reference: String
  @Argument(help: "The value that the source really gives.") var value: String?

  @Option(
    name: .long, help: "What went wrong: transcription, interpretation, locator, citation or copy.")
  var kind: CorrectionKind
  @Option(name: [.short, .long], help: .explanation("Why")) var message: String?
  @Option(name: .long, help: "Another predicate.") var predicate: String?
  @Flag(name: .long, help: "The source says that it was this value after all (undoes --not).")
  var positive = false
  @Flag(name: .long, help: "The source asserts it itself (undoes --reports and the like).")
  var asserts = false
  @Option(
    name: .long, parsing: .singleValue,
    help: "Take a field away: hedge, quote, as-written, or a qualifier. May be repeated.")
  var clear: [String] = []
  @OptionGroup var claim: ClaimOptions
  @OptionGroup var quotes: QuoteOptions
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let reference = try ItemReference(reference)
    let edit = try edit()
    let session = try await Session.open(global)
    try await write.perform(
      explained: message, as: "reason", on: [reference.home], in: session, quotes: quotes
    ) { reason in
      if let reason, Self.blamesTheSource(reason) {
        // Only a person can tell what the words mean, so it is said and not refused.
        session.terminal.note(
          "if the source itself is wrong, this is no correction: undo it, and dispute the claim "
            + "with: dossier claim dispute \(reference) -m GROUNDS")
      }
      return [CorrectClaim(reference, edit, kind: kind, reason: reason)]
    }
  }

  private static func blamesTheSource(_ reason: String) -> Bool {
    let words = reason.lowercased()
    return ["is wrong", "was wrong", "is mistaken", "was mistaken", "is in error"]
      .contains { words.contains($0) }
  }

  private func edit() throws -> ClaimEdit {
    var edit = ClaimEdit()
    func set(_ field: ClaimEdit.Field, _ text: String?) {
      if let text { edit.fields.updateValue(text, forKey: field) }
    }
    set(.value, try claim.dated(value.map { try TextArgument.read($0) }))
    set(.predicate, predicate)
    set(.locator, claim.locator)
    set(.quote, try claim.quote.map { try TextArgument.quote($0) })
    set(.asWritten, claim.asWritten)
    set(.hedge, claim.hedge)
    set(.state, claim.state?.rawValue)
    if claim.isNegative { set(.polarity, "negative") }
    if positive { set(.polarity, "positive") }
    if let (stance, who) = claim.attribution {
      set(.stance, stance.rawValue)
      set(.saidBy, who)
    }
    if asserts { set(.stance, "asserts") }
    for (id, text) in try claim.qualifiers() { edit.qualifiers.updateValue(text, forKey: id) }
    for name in clear {
      switch name {
      case "hedge": edit.fields.updateValue(nil, forKey: .hedge)
      case "quote": edit.fields.updateValue(nil, forKey: .quote)
      case "as-written": edit.fields.updateValue(nil, forKey: .asWritten)
      default: edit.qualifiers.updateValue(nil, forKey: name)
      }
    }
    return edit
  }
}
