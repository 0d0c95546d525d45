import ArgumentParser

/// `dossier claim`
struct ClaimCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "claim", abstract: "What sources say about cases.",
    discussion: """
      EXAMPLES
        dossier claim list --case gouzenko
        dossier claim record gouzenko birth.date 1919-01-13 -s fbi-1955 -l "p. 41"
        dossier claim dispute gouzenko/c1 -m "The passport gives another day."
      """,
    subcommands: [
      ClaimRecord.self, ClaimCorrect.self, ClaimWithdraw.self, ClaimReinstate.self,
      ClaimDispute.self, ClaimResolve.self, ClaimList.self, ClaimShow.self,
      ClaimPredicates.self,
    ])
}
