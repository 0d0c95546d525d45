import ArgumentParser

/// `dossier projection`
struct ProjectionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "projection",
    abstract: "The views: tables folded from the log, for questions across cases.",
    discussion: """
      EXAMPLES
        dossier projection status
        dossier projection rebuild --all
        dossier projection check claim_view

      Every row of a view says for which stretch of the log it is true. Views are never the only place of anything: they \
      can be dropped and built anew at any time.
      """,
    subcommands: [
      ProjectionList.self, ProjectionStatus.self, ProjectionRebuild.self, ProjectionFollow.self,
      ProjectionCheck.self, ProjectionDrop.self,
    ])
}
