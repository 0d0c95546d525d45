import ArgumentParser

/// `dossier predicate`
struct PredicateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predicate", abstract: "The vocabulary: what can be claimed, and what counts.",
    discussion: """
      EXAMPLES
        dossier predicate list
        dossier predicate show birth.date
        dossier predicate revise education --label Schooling -m "the usual word"
      """,
    subcommands: [
      PredicateAdd.self, PredicateRevise.self, PredicateList.self, PredicateShow.self,
    ])
}
