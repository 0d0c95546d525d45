import PostgresClient
import TestSupport
import Testing

@Suite("How commands end")
struct ExitStatusTests {
  @Test("64: the command line cannot be understood")
  func usage() async throws {
    let root = String(repeating: "5f", count: 32)
    try await Sandbox.withOffice { office in
      try await office.expect([
        Refused("case show", 64, "<slug>"),
        Refused("case show gouzenko --colour", 64, "--color"),
        Refused("claim record gouzenko", 64, "<predicate>"),
        Refused("claim record gouzenko height 170 --none --some", 64, "exclude each other"),
        Refused("claim record gouzenko height 170 -s fbi-1955 -l 1 --with x", 64, "KEY=VALUE"),
        Refused("case open x --kind animal", 64, "person"),
        Refused("case open x --request-id 7", 64, "\"7\" is not a UUID"),
        Refused("claim withdraw gouzenko/c1 -m x --expect-version one", 64, "--expect-version"),
        Refused("diff gouzenko yesterday", 64, "WHEN..WHEN"),
        Refused("diff gouzenko @4..@2", 64, "runs backwards"),
        Refused("case show gouzenko --as-of never", 64, "\"never\" is not a moment"),
        Refused("case show gouzenko --as-of @x", 64, "@x"),
        Refused("case list --time-zone Europe/Pariss --as-of today", 64, "Europe/Paris"),
        Refused("log show gouzenko", 64, "@400..@412"),
        Refused("log void @2 -m x --expect-version 1", 64, "Leave it out"),
        Refused("log verify --size 4", 64, "--root"),
        Refused("log verify --root \(root)", 64, "--size"),
        Refused("log verify --size 0 --root \(root)", 64, "--size 0"),
        Refused("log verify --size=-1 --root \(root)", 64, "--size -1"),
        Refused("log verify --size 4 --root abc", 64, "64 hexadecimal digits"),
        Refused("log verify --size 4 --root \(root)0", 64, "64 hexadecimal digits"),
        Refused("log verify --size 4 --root \(root.dropLast())g", 64, "64 hexadecimal digits"),
        Refused("log import log --size 0 --root \(root)", 64, "--size 0"),
        Refused("log import log --size 4 --root abc", 64, "64 hexadecimal digits"),
        Refused("case show gouzenko --as-of 2026-02-30", 64, "not a day of the calendar"),
        Refused("case show gouzenko --as-of 8:39", 64, "names no day"),
        Refused(
          "case show gouzenko -s fbi-1955 --without-source fbi-1955", 64, "--without-source"),
        Refused("claim correct gouzenko/c2 --kind copy --with from= -m x", 64, "--clear from"),
        Refused("claim record gouzenko statement '-5 degrees' -s fbi-1955 -l 1", 64, "then --"),
        Refused("history @3", 64, "dossier log show @3"),
        Refused("log export --source fbi-1955", 64, "exported whole"),
        Refused("import corpus", 64, "name a directory"),
        Refused("frobnicate", 64, "there is no command"),
      ])
    }
  }

  @Test("65: what was given is not fit to be kept")
  func badInput() async throws {
    try await Sandbox.withOffice { office in
      try await office.expect([
        Refused("claim correct gouzenko/c1 1919-01-13 --kind copy -m x", 65, "already says that"),
        Refused("claim correct gouzenko/c2 x --kind copy", 65, "reason"),
        Refused("claim dispute gouzenko/c1 --counter gouzenko/c1 -m x", 65, "itself"),
        Refused("claim record orlov height 1 -s fbi-1955 -l 'p. 1'", 65, "orlov is closed"),
        Refused("claim reinstate gouzenko/c1 -m x", 65, "not withdrawn"),
        Refused("claim withdraw gouzenko/c4 -m x", 65, "withdrawn"),
        Refused("case open gouzenko", 65, "gouzenko"),
        Refused("case open Gouzenko", 65, "lower-case"),
        Refused("case show 'a b'", 65, "a b"),
        Refused("case close orlov -m x", 65, "closed"),
        Refused("claim show gouzenko/x1", 65, "gouzenko/x1"),
        Refused("claim show gouzenko", 65, "gouzenko/c1 (claim)"),
        Refused("claim show gouzenko/c1,gouzenko/c2", 65, "Name one only"),
        Refused("case show gouzenko/c1", 65, "such as \"gouzenko\""),
        Refused("claim record gouzenko statement @missing -s fbi-1955 -l 1", 66, "no file missing"),
        Refused("source add fbi-1955 --title t", 65, "fbi-1955"),
        Refused("source add x --title t --issued soon", 65, "soon"),
        Refused("log void @1 -m x", 65, "first event"),
        Refused("log void @2 -m x", 65, "can be read"),
        Refused("edtf 1919-02-30", 65, "1919-02-30"),
      ])
    }
  }

  @Test("66: there is no such thing")
  func notFound() async throws {
    try await Sandbox.withOffice { office in
      try await office.expect([
        Refused("case show kravchenko", 66, "dossier case list"),
        Refused("case show fbi-1955", 66, "dossier source show fbi-1955"),
        Refused("case show gouzenko --as-of @1", 66, "not there yet at @1"),
        Refused("case show gouzenko -s fbi-1955 --as-of @1", 66, "registered at that moment"),
        Refused("claim show gouzenko/c99", 66, "gouzenko/c99"),
        Refused("claim withdraw gouzenko/c99 -m x", 66, "gouzenko/c99"),
        Refused("citation withdraw gouzenko/n9 -m x", 66, "gouzenko/n9"),
        Refused("claim resolve gouzenko/c1 -m x", 66, "gouzenko/c1"),
        Refused("claim resolve gouzenko/d9 -m x", 66, "gouzenko/d9"),
        Refused("source show nobody", 66, "nobody"),
        Refused("claim list --predicate eye.colour", 66, "eye.colour"),
        Refused("case show gouzenko --as-of @99999", 66, "@99999"),
        Refused("log show @99999", 66, "@99999"),
        Refused("case show gouzenko --source nobody", 66, "nobody"),
        Refused("claim record nobody height 1 -s fbi-1955 -l 'p. 1'", 66, "nobody"),
        Refused("claim record gouzenko height 1 -s nobody -l 'p. 1'", 66, "nobody"),
        Refused("annotate gouzenko @/nowhere/note.txt", 66, "/nowhere/note.txt"),
        Refused("annotate tabulation/none x", 66, "\"none\""),
        Refused("cite gouzenko/c1 --work x", 66, "x"),
        Refused("history nobody", 66, "nobody"),
        Refused("audit nobody", 66, "nobody"),
        Refused("timeline nobody", 66, "nobody"),
        Refused("diff nobody @1..@2", 66, "nobody"),
        Refused("case list --casebook nobody", 66, "nobody"),
        Refused("casebook use nobody", 66, "nobody"),
        Refused("casebook grant nobody read", 66, "nobody"),
        Refused("casebook revoke nobody", 66, "nobody"),
        Refused("import corpus /nowhere", 66, "/nowhere"),
        Refused("import claims /nowhere.csv", 66, "/nowhere.csv"),
        Refused("import corpus --bundled nothing", 66, "soviet-defectors"),
        Refused("log import /nowhere.ndjson", 66, "/nowhere.ndjson"),
      ])
    }
  }

  @Test("75: the case or source moved on")
  func conflict() async throws {
    try await Sandbox.withOffice { office in
      try await office.expect([
        Refused("annotate gouzenko y --expect-version 1", 75, "not 1"),
        Refused("source grade fbi-1955 B -m x --expect-version 0", 75, "not 0"),
        Refused("case open barmine --expect-version 1", 75, "not 1"),
      ])
    }
  }

  @Test("77: the person may not")
  func notAllowed() async throws {
    try await Sandbox.withOffice { office in
      let reader = office.of(.reader)
      try await reader.done("case show gouzenko")
      try await reader.expect(WriteCommands.all.dropLast().map { Refused($0, 77) })
      let analyst = office.of(.analyst)
      try await analyst.expect([
        Refused("casebook grant \(TestPerson.reader.role) write", 77, "for admins of the casebook"),
        Refused("log void @2 --force -m x", 77),
      ])
      // The database knows the casebook by its identifier, and roles by what they were granted.
      let note = try await reader.typed("annotate gouzenko x")
      #expect(note.errors.contains("casebook notes"), "\(note.errors)")
      let stranger = try await office.of(.stranger).typed("case list")
      #expect(stranger.status == 77, "\(stranger.errors)")
      #expect(stranger.errors.contains("lacks the group role that this takes: dossier_reader"))
      #expect(!stranger.errors.contains("permission denied"))
      #expect(stranger.output.isEmpty)
    }
  }

  @Test("1: a check that was asked for failed")
  func checkFailed() async throws {
    try await Sandbox.withOffice { office in
      let root = String(repeating: "0", count: 64)
      let verify = try await office.typed("log verify --size 4 --root \(root)")
      #expect(verify.status == 1)
      #expect(verify.output.contains("the first 4 events"))
      let doctor = try await office.typed(
        "doctor", with: ["DATABASE_URL": "host=/nonexistent dbname=nothing"])
      #expect(doctor.status == 1)
    }
  }

  @Test("130: interrupted while it waits for another writer, it writes nothing afterwards")
  func interrupted() async throws {
    try await withTestDatabase(.office) { configuration in
      let database = TestDatabase(configuration)
      try await Sandbox.make(configuration.of(.admin)) { office in
        let head = try await office.head()
        let blocker = try await PostgresConnection.connect(configuration)
        try await blocker.execute(script: "BEGIN; SELECT FROM dossier.casebook FOR UPDATE")
        let outcome = try await office.interrupt(["annotate", "gouzenko", "late"]) {
          try await database.waitUntilSomebodyWaits()
        }
        try await blocker.execute(script: "COMMIT")
        await blocker.close()
        #expect(outcome.status == 130)
        #expect(outcome.output.isEmpty)
        try await database.waitUntilNobodyElseWorks()
        #expect(try await office.head() == head)
      }
    }
  }
}
