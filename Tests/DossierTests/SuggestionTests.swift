import StrictJSON
import Testing

@Suite("Did you mean")
struct SuggestionTests {
  @Test("A misspelt case is told from those there are, whatever is done with it")
  func cases() async throws {
    try await expect(
      "smith",
      [
        "case show smiht", "case rename smiht X", "case close smiht -m so", "case edit smiht",
        "claim list --case smiht", "claim show smiht/c1", "claim withdraw smiht/c1 -m so",
        "claim record smiht birth.date 1919 -s book -l p", "claim dispute smiht/c1 -m so",
        "claim record smith linked-case smiht -s book -l p", "cite smiht/c1 --work book",
        "citation list --case smiht", "annotate smiht x", "annotation list --case smiht",
        "annotation revise smiht/a1 x", "history smiht", "audit smiht", "timeline smiht",
        "diff smiht @1..", "replay --to now --case smiht",
      ])
  }

  @Test("A misspelt source is told from those there are")
  func sources() async throws {
    try await expect(
      "book",
      [
        "source show bok", "source amend bok --title X -m so", "source grade bok B -m so",
        "source copy bok scan --kind scan --description x", "source derive bok --from book -m so",
        "source derive book --from bok -m so", "claim list -s bok", "case show smith -s bok",
        "case list --without-source bok", "claim record smith birth.date 1919 -s bok -l p",
        "claim record smith publication bok -s book -l p", "case edit smith -s bok",
        "citation list --work bok", "annotate bok x", "history bok",
      ])
  }

  @Test("A misspelt predicate is told from the vocabulary")
  func predicates() async throws {
    try await expect(
      "birth.date",
      [
        "claim record smith birth.dat 1919 -s book -l p", "claim list --predicate birth.dat",
        "claim predicates birth.dat",
      ])
  }

  @Test("So are casebooks, qualifiers, terms, dates, short names, commands and options")
  func everythingElse() async throws {
    let record = "claim record gouzenko"
    let page = "-s fbi-1955 -l 'p. 1'"
    try await Sandbox.withOffice { office in
      try await office.expect([
        Refused("case list --casebook note", 66, "\"notes\"?"),
        Refused("\(record) service.rank major \(page) --with form=1941", 65, "\"from\"?"),
        Refused("\(record) motive.kind fear \(page) --with weight=mian", 65, "\"main\"?"),
        Refused("\(record) motive.kind fera \(page)", 65, "\"fear\"?"),
        Refused("\(record) birth.date 'July 1937' \(page)", 65, "1937-07?"),
        Refused("case open 'Igor Gouzenko'", 65, "\"igor-gouzenko\""),
        Refused("claim recrod gouzenko", 64, "\"dossier claim record\"?"),
        Refused("case list --formt json", 64, "'--format'?"),
      ])
    }
  }

  @Test("A name like no other gets a way to find one, not a guess")
  func nothingNear() async throws {
    try await Sandbox.withCasebook { sandbox in
      let outcome = try await sandbox.typed("case rename zzzzzzzzzz x")
      #expect(
        outcome.errors
          == "dossier: there is no case \"zzzzzzzzzz\". See them with: dossier case list.\n")
    }
  }

  private func expect(_ name: String, _ lines: [String]) async throws {
    try await Sandbox.withCasebook { sandbox in
      for line in lines {
        let outcome = try await sandbox.run(line.split(separator: " ").map(String.init))
        #expect(outcome.errors.contains("Did you mean \"\(name)\"?"), "\(line): \(outcome.errors)")
        #expect(outcome.status == 66, "\(line)")
        #expect(outcome.output.isEmpty, "\(line)")
      }
    }
  }
}
