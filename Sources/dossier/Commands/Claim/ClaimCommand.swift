import ArgumentParser

/// `dossier claim`
struct ClaimCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "claim", abstract: "What sources say about cases.",
    subcommands: [
      ClaimRecord.self, ClaimCorrect.self, ClaimWithdraw.self, ClaimReinstate.self,
      ClaimDispute.self, ClaimResolve.self, ClaimList.self, ClaimShow.self,
      ClaimPredicates.self,
    ])
}
