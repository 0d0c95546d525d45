import ArgumentParser

/// `dossier tabulation`
struct TabulationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tabulation", abstract: "Counts that sources state; see also: dossier tabulate.",
    discussion: """
      EXAMPLES
        dossier tabulation state feared --source fbi-1955 -l "p. i" --count 14 \\
          --statement "Fourteen feared." --among fbi-twenty \\
          --criterion "fear.for-safety = yes"
        dossier tabulation withdraw fear-and-recall -m "of another edition"
      """,
    subcommands: [TabulationState.self, TabulationWithdraw.self])
}
