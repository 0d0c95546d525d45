import EventLog
import PostgresClient
import StrictJSON
import TestSupport
import Testing

@Suite("Streams that stand still") struct StandstillTests {
  /// What an event that cannot be read or applied keeps from going on.
  enum Concern: Sendable {
    /// What every answer rests on.
    case ground
    /// The case `gouzenko`.
    case gouzenko
    /// A case that there is not: nobody can ask for it.
    case nameless
  }

  /// Kinds of poison on kinds of stream.
  static let poison: [(event: Intruder.Event, concern: Concern)] = [
    (on(.casebook, "notes", "predicate.defined", "{}"), .ground),
    (
      on(
        .casebook, "notes", "predicate.defined",
        #"{"id":"fear","label":"x","type":"text","cardinality":"one","qualifiers":[],"#
          + #""terms":[],"comparison":"exact","scope":"x"}"#), .ground
    ),
    (on(.casebook, "notes", "predicate.dreamt", "{}"), .ground),
    (on(.casebook, "notes", "case.closed", #"{"reason":"x"}"#), .ground),
    (on(.casebook, "other", "predicate.defined", "{}"), .ground),
    (on(.source, "fbi-1955", "source.amended", "{}"), .ground),
    (on(.source, "fbi-1955", "source.graded", version: 9, "{}"), .ground),
    (on(.source, "Fbi", "source.registered", #"{"slug":"Fbi","title":"x"}"#), .ground),
    (on(.source, "fresh", "source.registered", "{}"), .ground),
    (on(.case, "gouzenko", "claim.recorded", voice: "fbi-1955", #"{"ref":"c9"}"#), .gouzenko),
    (
      on(
        .case, "gouzenko", "claim.withdrawn", voice: "fbi-1955", #"{"ref":"c99","reason":"x"}"#),
      .gouzenko
    ),
    (
      on(
        .case, "gouzenko", "claim.withdrawn", voice: "riehle-2020", #"{"ref":"c1","reason":"x"}"#),
      .gouzenko
    ),
    (on(.case, "gouzenko", "case.dreamt", "{}"), .gouzenko),
    (on(.case, "Gouzenko", "case.opened", #"{"slug":"gouzenko","kind":"person"}"#), .nameless),
    (on(.case, "gou\u{202E}zenko", "case.opened", "{}"), .nameless),
  ]

  /// Commands that read, and whether they read every case, or else which ones.
  static let reads: [(line: String, cases: Cases)] = [
    ("", .all), ("case list", .all), ("case show gouzenko", .gouzenko),
    ("case show derjabin", .others), ("claim list", .all),
    ("claim list --case gouzenko", .gouzenko),
    ("claim show gouzenko/c1", .gouzenko), ("claim predicates", .others), ("citation list", .all),
    ("annotation list", .all), ("conclusion list", .all), ("source list", .others),
    ("source show riehle-2020", .others), ("compare --all", .all), ("compare gouzenko", .gouzenko),
    ("tabulate", .others), ("timeline", .all), ("timeline gouzenko", .gouzenko), ("audit", .all),
    ("audit gouzenko", .gouzenko), ("history gouzenko", .gouzenko), ("history fbi-1955", .others),
    ("search papers", .all), ("explain gouzenko birth.date", .gouzenko),
    ("impact gouzenko/c1", .all), ("diff gouzenko @20..", .gouzenko), ("diff @20..", .changed),
    ("replay --to @END", .all), ("replay --to @END --case gouzenko", .gouzenko),
    ("casebook show", .all), ("export report gouzenko", .gouzenko), ("export csl", .others),
    ("export annotations", .all), ("export prov", .all), ("export ftm", .all),
    ("export corpus files --overwrite", .all), ("case list --source riehle-2020", .all),
    ("claim list --without-source riehle-2020", .all),
  ]

  enum Cases: Sendable { case all, gouzenko, others, changed }

  @Test(
    "Every command that reads answers, names the event and what mends it, and says what it said before; log void mends it",
    arguments: poison.indices)
  func answered(index: Int) async throws {
    let (event, concern) = Self.poison[index]
    try await withTestDatabase(.office) { configuration in
      try await Sandbox.make(configuration.of(.admin)) { office in
        // Half of the kinds find views, the other half the log alone.
        if index.isMultiple(of: 2) { try await office.done("projection rebuild --all") }
        let before = try await Self.documents(office)
        let position = try await Intruder(in: configuration).write(event, in: "notes")
        let remedy = "dossier log void @\(position) -m REASON"

        for (line, cases) in Self.reads {
          let outcome = try await office.typed(line.replacing("END", with: "\(position)"))
          let comment: Comment = "dossier \(line)\n\(outcome.status): \(outcome.errors)"
          #expect(outcome.status == 0, comment)
          let concerned =
            switch (concern, cases) {
            case (.ground, _), (_, .all), (.gouzenko, .gouzenko), (.gouzenko, .changed): true
            default: false
            }
          #expect(outcome.errors.contains("stands still before @\(position)") == concerned, comment)
          #expect(outcome.errors.contains(remedy) == concerned, comment)
          #expect(!outcome.errors.contains("\u{202E}"), comment)
        }
        #expect(try await Self.documents(office) == before)
        let list = try await office.json("case list")
        #expect(list["standstills"]?.arrayValue?.map { $0["position"] } == [.integer(position)])

        // Its hash is right. What does not even have the form of such an event could not have been appended.
        let checked = try await office.typed("log verify --format json")
        let bad = try checked.json["firstBad"]
        #expect(checked.status == (bad == nil ? 0 : 1))
        if let bad {
          #expect(bad["position"] == .integer(position))
          #expect(bad["problem"]?.stringValue?.hasPrefix("it could not be written: ") == true)
        }
        let verified = try await office.typed("log verify --domain --format json")
        #expect(verified.status == 1)
        #expect(
          try verified.json["domain"]?["faults"]?.arrayValue?.map { $0["position"] }
            == [.integer(position)])
        try await office.done("log export")

        try await office.done("log void @\(position) -m 'not ours'")
        for line in ["case list", "case show gouzenko", "audit", "search papers"] {
          let outcome = try await office.done(line)
          #expect(!outcome.errors.contains("stands still"), "dossier \(line)")
        }
        // The domain's rules and the door's are held against no event that is set aside.
        try await office.done("log verify --domain")
        if index.isMultiple(of: 2) { try await office.done("projection check") }
      }
    }
  }

  /// Answers that the poison must not change, without the basis and what is said beside it.
  private static func documents(_ office: Sandbox) async throws -> [String: String] {
    var documents: [String: String] = [:]
    for line in [
      "case list", "case show gouzenko", "case show derjabin", "claim list", "citation list",
      "annotation list", "conclusion list", "source list", "compare --all", "timeline", "audit",
      "history gouzenko", "search papers", "tabulate", "claim predicates",
    ] {
      var document = try #require(try await office.json(line).objectValue)
      document["basis"] = nil
      document["standstills"] = nil
      documents[line] = JSON.object(document).text
    }
    return documents
  }

  @Test("A stream that stands still is not written to, and the message says what mends it")
  func refused() async throws {
    try await withTestDatabase(.office) { configuration in
      try await Sandbox.make(configuration.of(.admin)) { office in
        let intruder = try Intruder(in: configuration)
        let own = try await intruder.write(
          Self.on(.casebook, "notes", "predicate.defined", "{}"), in: "notes")
        let source = try await intruder.write(
          Self.on(.source, "fbi-1955", "source.amended", "{}"), in: "notes")
        let file = try await intruder.write(
          Self.on(.case, "gouzenko", "case.renamed", "{}"), in: "notes")
        let new = try await intruder.write(
          Self.on(.case, "fresh", "case.opened", "{}"), in: "notes")
        func remedy(_ position: Int64) -> String { "dossier log void @\(position) -m REASON" }
        try await office.expect([
          Refused("annotate casebook 'a note'", 78, remedy(own)),
          Refused("source grade fbi-1955 B -m x", 78, remedy(source)),
          Refused("claim record gouzenko statement x -s fbi-1955 -l 'p. 1'", 78, remedy(file)),
          Refused("case close gouzenko -m x", 78, remedy(file)),
          Refused("case open fresh", 78, remedy(new)),
          Refused("case show fresh", 66, "the case fresh stands still", remedy(new)),
          Refused("claim record fresh statement x -s fbi-1955 -l 'p. 1'", 66, remedy(new)),
          Refused(
            "claim record derjabin no.such x -s fbi-1955 -l 'p. 1'", 66,
            "there is no predicate \"no.such\" yet", remedy(own)),
        ])
        // Elsewhere everything goes on, in the voice of that source, too.
        try await office.done("claim record derjabin statement x -s fbi-1955 -l 'p. 1'")
        try await office.done("case close derjabin -m complete")
        for position in [new, file, source, own] {
          try await office.done("log void @\(position) -m 'not ours'")
        }
        try await office.done("case open fresh")
        try await office.done("source grade fbi-1955 B -m x")
      }
    }
  }

  @Test("Whoever does not hear the analysts is told where, and no word of what stands there")
  func unheard() async throws {
    try await withTestDatabase(.office) { configuration in
      try await Sandbox.make(configuration.of(.admin)) { office in
        try await office.done("projection rebuild --all")
        let position = try await Intruder(in: configuration).write(
          Self.on(
            .case, "gouzenko", "annotation.added",
            #"{"ref":"a9","target":"gouzenko","text":"x","motivation":"slander","tags":[]}"#),
          in: "notes")
        let heard = try await office.done("case show gouzenko")
        #expect(heard.errors.contains("slander"))
        for line in [
          "case show gouzenko", "case list", "claim list", "search papers", "timeline", "audit",
          "history gouzenko", "explain gouzenko birth.date", "compare --all", "export csl",
        ] {
          for filter in ["--source fbi-1955", "--without-source riehle-2020"] {
            for format in ["table", "json"] where !line.hasPrefix("export") || format == "table" {
              let outcome = try await office.done("\(line) \(filter) --format \(format)")
              #expect(!(outcome.output + outcome.errors).contains("slander"), "\(line) \(filter)")
              let isNamed = outcome.errors.contains("stands still before @\(position)")
              #expect(isNamed == (line != "export csl"), "\(line) \(filter)")
            }
          }
        }
      }
    }
  }

  @Test("A void that sets nothing aside is named beside the answer")
  func voidsWithoutEffect() async throws {
    try await withTestDatabase(.office) { configuration in
      try await Sandbox.make(configuration.of(.admin)) { office in
        let position = try await Intruder(in: configuration).write(
          Self.on(.casebook, "notes", "event.voided", #"{"position":9000,"reason":"x"}"#),
          in: "notes")
        let outcome = try await office.done("case list")
        #expect(outcome.errors.contains("@\(position) sets no event aside: it names @9000"))
        let named = try await office.json("case list")["voidsWithoutEffect"]?.arrayValue
        #expect(named?.map { $0["position"] } == [.integer(position)])
        try await office.expect([
          Refused("log void @\(position) -m x", 65, "sets another event aside")
        ])
      }
    }
  }

  @Test("Of very many streams that stand still a few are named, and where the others are")
  func many() async throws {
    try await withTestDatabase(.office) { configuration in
      try await Sandbox.make(configuration.of(.admin)) { office in
        let intruder = try Intruder(in: configuration)
        for number in 0..<8 {
          try await intruder.write(
            Self.on(.case, "Case-\(number)", "case.opened", "{}"), in: "notes")
        }
        let outcome = try await office.done("case list")
        #expect(outcome.errors.split(separator: "\n").count == 6)
        #expect(outcome.errors.contains("3 more streams stand still"))
        #expect(try await office.json("case list")["standstills"]?.arrayValue?.count == 8)
      }
    }
  }

  private static func on(
    _ kind: StreamKind, _ stream: String, _ type: String, version: Int = 1, voice: String? = nil,
    _ data: String
  ) -> Intruder.Event {
    Intruder.Event(type, on: StreamID(kind, stream), schemaVersion: version, voice: voice, data)
  }
}
