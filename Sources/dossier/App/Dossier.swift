import ArgumentParser

/// The command line. What each command does is in `Commands`, one file each.
struct Dossier: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dossier",
    abstract: "Keep what each source says about each case, and every correction since.",
    discussion: """
      EXAMPLES
        dossier case open gouzenko --name "Igor S. Gouzenko"
        dossier claim record gouzenko birth.date 1919-01-13 -s fbi-1955 -l "p. 41"
        dossier annotate gouzenko/c1 "The passport gives another day."
        dossier case show gouzenko --as-of 2026-03-01

      Without a command it shows what changed since your last one, and what to look at next.
      """,
    version: Version.text,
    subcommands: [HomeCommand.self],
    groupedSubcommands: [
      CommandGroup(
        name: "Casebooks and sources",
        subcommands: [
          CasebookCommand.self, PredicateCommand.self, SourceCommand.self, CaseCommand.self,
        ]),
      CommandGroup(
        name: "What sources say, and what analysts say of it",
        subcommands: [
          ClaimCommand.self, CitationCommand.self, Cite.self, AnnotationCommand.self,
          Annotate.self, ConclusionCommand.self, Conclude.self, Undo.self,
        ]),
      CommandGroup(
        name: "Side by side",
        subcommands: [
          CompareCommand.self, TabulateCommand.self, TabulationCommand.self, ExplainCommand.self,
          ImpactCommand.self, SearchCommand.self, QuotesCommand.self,
        ]),
      CommandGroup(
        name: "Looking back",
        subcommands: [
          HistoryCommand.self, AuditCommand.self, ReplayCommand.self, DiffCommand.self,
          TimelineCommand.self, LogCommand.self,
        ]),
      CommandGroup(
        name: "In and out", subcommands: [ImportCommand.self, ExportCommand.self]),
      CommandGroup(
        name: "Housekeeping",
        subcommands: [
          EDTFCommand.self, ProjectionCommand.self, DatabaseCommand.self, MigrateCommand.self,
          DoctorCommand.self,
        ]),
    ],
    defaultSubcommand: HomeCommand.self)
}
