public import ArgumentParser
public import Casebook

/// `dossier case identity`
struct CaseIdentity: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "identity",
    abstract: "Say whether two cases are one. Neither is touched, and you can change your mind.",
    discussion: """
      EXAMPLES
        dossier case identity derjabin deryabin --same -m "the same break at Vienna"
        dossier case identity petrov petrova --different -m "husband and wife"
        dossier case identity reiss ludwig --unsure -m "only the alias agrees"
        dossier case show derjabin --joined

      With --joined, reads take the cases that are one together, each claim still under its own case's name. \
      The last judgement of two cases counts.
      """)

  @Argument(help: "One case.", completion: .cases) var slug: String
  @Argument(help: "The other.", completion: .cases) var other: String
  @Flag(help: "Whether they are one.") var judgement: IdentityContent.Judgement
  @Option(name: [.short, .long], help: .explanation("The grounds")) var message: String?
  @OptionGroup var write: WriteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let pair = (try Slug(slug), try Slug(other))
    try await write.perform(
      explained: message, as: "grounds", on: [pair.0], in: .open(global)
    ) { grounds in
      [JudgeIdentity(pair.0, pair.1, judgement, grounds: grounds)]
    }
  }
}

extension IdentityContent.Judgement: EnumerableFlag {
  /// What each flag says.
  public static func help(for value: Self) -> ArgumentHelp? {
    switch value {
    case .same: "They are one."
    case .different: "They are two."
    case .unsure: "It cannot be told."
    }
  }
}
