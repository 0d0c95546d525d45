import ArgumentParser

/// `dossier case`
struct CaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "case", abstract: "Files on persons, groups and events.",
    subcommands: [
      CaseOpen.self, CaseList.self, CaseShow.self, CaseEdit.self, CaseRename.self, CaseClose.self,
      CaseReopen.self,
    ])
}
