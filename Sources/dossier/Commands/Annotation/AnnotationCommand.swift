import ArgumentParser

/// `dossier annotation`
struct AnnotationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "annotation", abstract: "What analysts have to say.",
    discussion: """
      EXAMPLES
        dossier annotation list
        dossier annotate gouzenko/c1 "The passport gives another day."
      """,
    subcommands: [
      AnnotationAdd.self, AnnotationRevise.self, AnnotationWithdraw.self, AnnotationList.self,
    ])
}
