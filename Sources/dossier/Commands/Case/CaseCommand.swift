import ArgumentParser

/// `dossier case`
struct CaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "case", abstract: "Files on persons, groups, places, works and events.",
    discussion: """
      EXAMPLES
        dossier case list
        dossier case show gouzenko
        dossier case open gouzenko --name "Igor S. Gouzenko"
      """,
    subcommands: [
      CaseOpen.self, CaseList.self, CaseShow.self, CaseEdit.self, CaseRename.self, CaseClose.self,
      CaseReopen.self, CaseIdentity.self,
    ])
}
