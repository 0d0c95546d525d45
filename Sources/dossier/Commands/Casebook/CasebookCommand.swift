import ArgumentParser

/// `dossier casebook`
struct CasebookCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "casebook", abstract: "Casebooks and who may use them.",
    subcommands: [
      CasebookCreate.self, CasebookList.self, CasebookShow.self, CasebookUse.self,
      CasebookGrant.self, CasebookRevoke.self, CasebookMembers.self,
    ])
}
