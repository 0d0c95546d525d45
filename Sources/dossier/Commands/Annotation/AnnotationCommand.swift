import ArgumentParser

/// `dossier annotation`
struct AnnotationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "annotation", abstract: "What analysts have to say.",
    subcommands: [
      AnnotationAdd.self, AnnotationRevise.self, AnnotationWithdraw.self, AnnotationList.self,
    ])
}
