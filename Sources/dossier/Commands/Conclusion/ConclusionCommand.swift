import ArgumentParser

/// `dossier conclusion`
struct ConclusionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conclusion", abstract: "The values that analysts adopt, from named claims.",
    discussion: """
      EXAMPLES
        dossier conclude gouzenko birth.date 1919-01-26 --on gouzenko/c1 \\
          -m "the passport agrees" --likelihood likely --confidence moderate
        dossier conclusion list --stale
      """,
    subcommands: [
      ConclusionDraw.self, ConclusionRevise.self, ConclusionWithdraw.self, ConclusionList.self,
    ])
}
