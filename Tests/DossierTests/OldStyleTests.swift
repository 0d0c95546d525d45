import StrictJSON
import Testing

@Suite("Dates in the Julian calendar")
struct OldStyleTests {
  private static func withDates(_ body: @Sendable (Sandbox) async throws -> Void) async throws {
    try await Sandbox.withOffice { office in
      for line in [
        "birth.date 1870-04-10 --calendar julian -s fbi-1955 -l 'p. 1'",
        "birth.date 1870-04-22 -s riehle-2020 -l 'p. 2'",
        "service.rank major --with 'from=1900-02-29 O.S.' -s fbi-1955 -l 'p. 1'",
        "service.rank cadet --with from=1870-04-15 -s fbi-1955 -l 'p. 1'",
      ] { try await office.done("claim record derjabin \(line)") }
      try await body(office)
    }
  }

  @Test("A date is kept as its page has it, and shown with the day that it is")
  func shown() async throws {
    try await Self.withDates { office in
      for page in [
        "case show derjabin", "claim list --case derjabin", "compare derjabin --singles",
      ] {
        let text = try await office.done(page).output
        #expect(text.contains("1870-04-10 O.S. (1870-04-22)"), "\(page)")
        #expect(text.contains("from: 1900-02-29 O.S. (1900-03-13)"), "\(page)")
      }
      let claim = try await office.done("claim list --case derjabin --format ndjson").lines
        .map { try JSON(parsing: $0) }.first
      #expect(claim?["edtf"] == "1870-04-10" && claim?["calendar"] == "julian")
      #expect(claim?["value"] == "1870-04-10 O.S." && claim?["newStyle"] == "1870-04-22")
      let logged = try await office.done("log export").output
      #expect(
        logged.contains(#"{"date":"1870-04-10","calendar":"julian"}"#)
          || logged.contains(
            #"{"date": "1870-04-10", "calendar": "julian"}"#)
      )
    }
  }

  @Test("It is compared and put in order as the day that it is")
  func compared() async throws {
    try await Self.withDates { office in
      let predicates = try await office.json("compare derjabin")["predicates"]?.arrayValue
      let birth = predicates?.first { $0["predicate"] == "birth.date" }
      #expect(birth?["relation"] == "agree")
      let moments = try await office.json("timeline derjabin")["moments"]?.arrayValue
      #expect(
        moments?.map { $0["edtf"]?.stringValue } == [
          "1870-04-15", "1870-04-10", "1870-04-22", "1900-02-29",
        ])
      #expect(moments?[1]["earliest"] == "1870-04-22" && moments?[1]["calendar"] == "julian")
    }
  }

  @Test("It goes out as a file or a log and comes back the same")
  func exchanged() async throws {
    try await Self.withDates { office in
      try await office.done("export corpus out")
      #expect(
        try await office.shell("cat out/cases/derjabin.yaml").output.contains("1870-04-10 O.S."))
      let head = try await office.head()
      try await office.done("import corpus out")
      #expect(try await office.head() == head)
      let row = "derjabin,birth.date,1870-04-11 O.S.,fbi-1955,p. 9"
      try office.write("case,predicate,value,source,locator\n\(row)\n", to: "claims.csv")
      try await office.done("import claims claims.csv")
      #expect(
        try await office.done("case show derjabin").output.contains("1870-04-11 O.S. (1870-04-23)"))
    }
  }

  @Test("Where it has no sense it is refused")
  func refused() async throws {
    try await Sandbox.withOffice { office in
      let page = "-s fbi-1955 -l 'p. 1'"
      try await office.expect([
        Refused(
          "claim record gouzenko birth.date --unknown --calendar julian \(page)", 64, "--calendar"),
        Refused(
          "claim record gouzenko birth.date 1870-04-31 --calendar julian \(page)", 65, "no day 31"),
        Refused("claim record gouzenko statement Kiev --calendar julian \(page)", 65, "Kiev"),
        Refused(
          "claim record gouzenko birth.date '12 June 1850' --calendar julian \(page)", 65,
          "did you mean 1850-06-12 O.S.?"),
        Refused(
          "claim record gouzenko birth.date '1850-06-12 O.S.' --calendar gregorian \(page)", 64,
          "is Old Style"),
        Refused(
          "claim record gouzenko birth.date '12 June 1850 O.S.' \(page)", 65,
          "Did you mean 1850-06-12 O.S.?"),
        Refused(
          "source add tract --title 'A Tract' --issued '1870-04-10 O.S.'", 65, "today's calendar",
          "Write 1870-04-22"),
        Refused(
          "source add tract --title 'A Tract' --csl '{\"title\": \"The Tract\"}'", 65,
          "the title in its CSL-JSON differs"),
      ])
    }
  }
}
