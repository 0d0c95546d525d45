import ArgumentParser
import Casebook

/// What an analyst adopts: shared by drawing and revising a conclusion.
struct AdoptionOptions: ParsableArguments {
  @Flag(name: .customLong("not"), help: "It was not this value.") var isNegative = false
  @Flag(name: .long, help: "It cannot be known.") var unknown = false
  @Flag(name: .long, help: "There is none.") var none = false
  @Flag(name: .long, help: "There is one, and which cannot be said.") var some = false
  @Option(
    name: .customLong("with"), parsing: .singleValue,
    help: ArgumentHelp("A qualifier, such as stage=left. May be repeated.", valueName: "key=value"))
  var with: [String] = []
  @Option(
    name: .long,
    help: ArgumentHelp(
      "How likely it is (ICD 203): almost-no-chance, very-unlikely, unlikely, roughly-even, likely, very-likely or almost-certain.",
      valueName: "term"))
  var likelihood: Likelihood?
  @Option(
    name: .long, help: "How sound the basis is (ICD 203), kept apart: low, moderate or high.")
  var confidence: Confidence?

  func validate() throws {
    guard [unknown, none, some].count(where: { $0 }) <= 1 else {
      throw ValidationError("--unknown, --none and --some exclude each other: give one of them.")
    }
  }

  private var state: Assertion.State? {
    if unknown { return .unknown }
    if none { return .noValue }
    return some ? .someValue : nil
  }

  /// The draft of what is adopted.
  func draft(_ predicate: String, _ value: String?) throws -> ClaimDraft {
    var draft = ClaimDraft(predicate: predicate, value: try value.map { try TextArgument.read($0) })
    draft.isNegative = isNegative
    if let state { draft.state = state }
    draft.qualifiers = try Qualifiers.read(with)
    return draft
  }

  /// Whether it says anything of the value.
  func says(_ value: String?) -> Bool { value != nil || state != nil || isNegative }
}

/// What `conclusion draw` and its shorthand `conclude` take.
struct ConclusionArguments: ParsableArguments {
  @Argument(help: "The case.", completion: .cases) var slug: String
  @Argument(help: "The predicate, such as birth.date.", completion: .predicates)
  var predicate: String
  @Argument(help: "The value that you adopt; none with --unknown, --none or --some.")
  var value: String?
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "The claims it rests on, joined by commas. May be repeated.", valueName: "claims"))
  var on: [String] = []
  @Option(name: [.short, .long], help: .explanation("The basis: why they lead to it"))
  var message: String?
  @OptionGroup var adoption: AdoptionOptions
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let slug = try Slug(slug)
    let adopted = try adoption.draft(predicate, value)
    let grounds = try on.flatMap { try References.items($0) }
    try await write.perform(
      explained: message, as: "basis", on: [slug], in: .open(global)
    ) { basis in
      [
        DrawConclusion(
          slug,
          ConclusionDraft(
            adopted, on: grounds, basis: basis, likelihood: adoption.likelihood,
            confidence: adoption.confidence))
      ]
    }
  }
}

/// `dossier conclusion draw`
struct ConclusionDraw: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draw", abstract: "Adopt a value, from named claims.",
    discussion: """
      EXAMPLES
        dossier conclusion draw derjabin defection.date 1954-02-15 \\
          --on derjabin/c10,derjabin/c45 -m "both agree to the day"
      """)

  @OptionGroup var arguments: ConclusionArguments

  func run() async throws { try await arguments.run() }
}

/// `dossier conclude`
struct Conclude: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conclude", abstract: "Short for: conclusion draw.",
    discussion: """
      EXAMPLES
        dossier conclude akhmedov defection.date 1942-06 \\
          --on akhmedov/c11,akhmedov/c12 -m "the sketch alone says May" \\
          --likelihood likely --confidence moderate
        dossier conclude derjabin service.rank "lieutenant colonel" --not \\
          --on derjabin/c48 -m "chapter 5 denies it outright"
        dossier conclude orlov birth.place --unknown --on orlov/c3 -m "c3 is hearsay"

      What the sources say stays as it is. A conclusion goes stale when a claim it rests on is corrected, withdrawn, \
      reinstated or disputed; look at it again with: dossier conclusion revise REF
      """)

  @OptionGroup var arguments: ConclusionArguments

  func run() async throws { try await arguments.run() }
}
