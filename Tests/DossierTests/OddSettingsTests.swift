import EventLog
import PostgresClient
import TestSupport
import Testing

@Suite("Whatever a team's server has set")
struct OddSettingsTests {
  /// Settings that are legal for everybody, for a database or a role.
  struct Settings: CustomTestStringConvertible {
    let testDescription: String
    let lines: [String]
    /// How writers are refused where they cannot write.
    var refusal: String?
  }

  private static let all = [
    Settings(
      testDescription: "for how things are written and read",
      lines: [
        "standard_conforming_strings = off", "backslash_quote = off", "escape_string_warning = on",
        "bytea_output = 'escape'", "DateStyle = 'SQL, DMY'", "IntervalStyle = 'sql_standard'",
        "TimeZone = 'Asia/Kathmandu'", "client_encoding = 'LATIN1'", "extra_float_digits = -15",
        "quote_all_identifiers = on", "array_nulls = off", "transform_null_equals = on",
        "search_path = 'pg_temp', 'public', 'dossier'", "xmloption = 'document'",
        "default_text_search_config = 'simple'", "lc_monetary = 'C'",
      ]),
    Settings(
      testDescription: "for who sees what, and for how long one waits",
      lines: [
        "row_security = off", "default_transaction_isolation = 'serializable'",
        "default_transaction_deferrable = on", "statement_timeout = '2min'",
        "lock_timeout = '1min'",
        "idle_in_transaction_session_timeout = '1min'", "idle_session_timeout = '1min'",
        "synchronous_commit = off", "client_min_messages = 'debug1'",
      ]),
    Settings(
      testDescription: "for plans",
      lines: [
        "default_transaction_isolation = 'repeatable read'",
        "plan_cache_mode = 'force_custom_plan'",
        "enable_indexscan = off", "enable_bitmapscan = off", "enable_hashjoin = off",
        "enable_nestloop = off", "jit_above_cost = 0", "from_collapse_limit = 1",
        "join_collapse_limit = 1", "constraint_exclusion = on", "work_mem = '64kB'",
        "cursor_tuple_fraction = 0",
      ]),
    Settings(
      testDescription: "that keep everybody from writing",
      lines: ["default_transaction_read_only = on"], refusal: "can only be read"),
  ]

  private static let readings = [
    "casebook list", "casebook members", "case list", "case show gouzenko", "case list --as-of @20",
    "claim list --withdrawn", "annotation list", "timeline", "audit", "history gouzenko",
    "search papers", "explain gouzenko/c1", "source list", "log show @3", "diff @20..", "log head",
    "compare gouzenko", "replay list", "log verify", "projection check",
  ]

  private static let writings = [
    #"claim record derjabin statement "d'Or \\u00e9 \\ 'x'" -s fbi-1955 -l 'p. 44'"#,
    "claim correct gouzenko/c2 changed --kind transcription -m slip", "undo -m 'not so'",
    "annotate gouzenko 'après \\ tout'", "source attach fbi-1955 book.txt",
    "casebook grant \(TestPerson.stranger.role) read", "projection rebuild --all",
    "replay --to @20 --save odd_moment", "replay drop odd_moment", "log void @9 --force -m wrong",
    "casebook create second --title 'A second'",
  ]

  @Test("commands answer the same, write the same or refuse plainly", arguments: all)
  func commands(_ settings: Settings) async throws {
    try await withTestDatabase(.office) { configuration in
      let database = TestDatabase(configuration)
      try await Sandbox.make(configuration.of(.admin)) { office in
        try office.write("born January 13, 1919\n", to: "book.txt")
        try await office.done("projection rebuild --all")
        let plain = try await answers(office)
        try await database.alter(settings.lines)
        expectSame(try await answers(office), plain)
        for line in Self.writings {
          let outcome = try await office.typed("\(line) --casebook notes")
          if let refusal = settings.refusal {
            #expect(outcome.status == 69, "\(line): \(outcome.errors)")
            #expect(outcome.errors.contains(refusal), "\(line): \(outcome.errors)")
          } else {
            #expect(outcome.status == 0, "\(line): \(outcome.errors)")
          }
        }
        let export = try await office.done("log export --casebook notes").output
        let odd = try await answers(office)
        try await database.alter(settings.lines, isUndone: true)
        expectSame(try await answers(office), odd)
        #expect(try await office.done("log export --casebook notes").output == export)
      }
    }
  }

  private func answers(_ office: Sandbox) async throws -> [String: String] {
    var answers: [String: String] = [:]
    for line in Self.readings {
      let options = line.hasPrefix("casebook list") ? "" : "--casebook notes"
      answers[line] = try await office.done("\(line) \(options) --format json").output
    }
    return answers
  }

  private func expectSame(_ found: [String: String], _ expected: [String: String]) {
    for line in Self.readings { #expect(found[line] == expected[line], "\(line)") }
  }
}

extension TestDatabase {
  /// Has sessions that begin from now on have other settings, or the usual ones again.
  fileprivate func alter(_ lines: [String], isUndone: Bool = false) async throws {
    try await asSuperuser { connection in
      let name = try #require(configuration.database)
      try await connection.execute(script: "SET default_transaction_read_only = off")
      if isUndone {
        try await connection.query("ALTER DATABASE \(identifier: name) RESET ALL")
      } else {
        for line in lines {
          try await connection.query("ALTER DATABASE \(identifier: name) SET \(raw: line)")
        }
      }
    }
  }
}
