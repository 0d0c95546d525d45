import ArgumentParser

/// `dossier replay`
struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "The casebook, or one case, as it stood.",
    discussion: """
      EXAMPLES
        dossier replay --to 2026-03-01
        dossier replay --to @412 --case derjabin
        dossier replay --to @412 --save before_review
        dossier replay list

      Asked again, the answer is the same to the byte. --save gives the position a name, and the database a schema \
      of that name with the views as they stood there, for psql, spreadsheets and the like.
      """,
    subcommands: [ReplayShow.self, ReplayList.self, ReplayDrop.self],
    defaultSubcommand: ReplayShow.self)
}
