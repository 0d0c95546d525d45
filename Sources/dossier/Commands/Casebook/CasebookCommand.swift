import ArgumentParser

/// `dossier casebook`
struct CasebookCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "casebook", abstract: "Casebooks and who may use them.",
    discussion: """
      EXAMPLES
        dossier casebook list
        dossier casebook create cambridge-five --title "The Cambridge Five"
        dossier casebook use soviet-defectors
      """,
    subcommands: [
      CasebookCreate.self, CasebookList.self, CasebookShow.self, CasebookUse.self,
      CasebookGrant.self, CasebookRevoke.self, CasebookMembers.self, CasebookAdopt.self,
    ])
}
