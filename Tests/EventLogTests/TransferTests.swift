import Calendar
@testable import EventLog
import FoundationEssentials
import PostgresClient
import StrictJSON
import TestSupport
import Testing

@Suite("Export and restore")
struct TransferTests {
  /// A log with what may go wrong on the way.
  private func fill(_ ana: Keeper, _ database: TestDatabase) async throws {
    let ben = try await ana.joined(by: "ben", .write, database)
    try await ana.append(.registered("fbi"), .opened("gouzenko"))
    try await ben.append(
      .on(
        .case("gouzenko"), "claim.corrected", voice: "fbi",
        data: #"{"ref" :  "c1","reason":"\"},\\","changes":{"data":[{"data":1.50}]}}"#),
      .on(
        .case("gouzenko"), "claim.corrected", voice: "fbi",
        data: #"{"ref":"c1","changes":{"é":"é \ud83d\uDE00"}}"#))
    try await ana.append(
      .opened("smirnov", data: #"{"slug":"smirnov","kind":"person","name":"Смирнов"}"#))
    try await ana.append(
      .on(.case("smirnov"), "case.closed", data: "{\"reason\":\t\"data\"}"))
  }

  @Test("An export restores bit for bit in another database")
  func roundTrip() async throws {
    try await withKeeper { database, ana in
      try await fill(ana, database)
      let lines = try await ana.exported()
      try await withMigratedDatabase { other in
        let eve = try await other.person("eve")
        let log = Keeper.log(of: eve)
        let restored = try await log.restore(lines)
        #expect(restored.casebookID == ana.casebook && restored.events == 7)
        #expect(try await log.events(of: ana.casebook, positions: 1...9) == ana.events())
        let copy = Keeper(configuration: eve, log: log, casebook: ana.casebook, slug: "notes")
        #expect(try await copy.exported() == lines)
        #expect(try await copy.log.members(of: ana.casebook).map(\.role) == [copy.role])
        let casebook = try #require(try await log.casebook("notes"))
        #expect(casebook.imported?.upTo == 7 && casebook.createdBy == ana.role)
        let verification = try await log.verify(ana.casebook)
        #expect(verification.firstFault == nil && verification.root == restored.root)
        // The log goes on where it stopped.
        #expect(try await copy.append(.claimed("gouzenko", in: "fbi")).firstPosition == 8)
        #expect(try await copy.events().last?.streamVersion == 4)
        await log.pool.close()
      }
    }
  }

  @Test("A line is CloudEvents 1.0, with the payload as it was appended")
  func cloudEvent() async throws {
    try await withKeeper { _, ana in
      let spaced = Payloads.claim().replacing(":", with: ": ")
      try await ana.append(.registered("fbi"), .claimed("gouzenko", in: "fbi", data: spaced))
      let line = try await ana.exported()[2]
      let event = try await ana.events()[2]
      #expect(line.hasSuffix(",\"data\":\(spaced)}\n"))
      let json = try JSON(parsing: line)
      #expect(json["specversion"] == "1.0")
      #expect(json["id"]?.stringValue == event.id.uuidString.lowercased())
      #expect(
        json["source"]?.stringValue
          == "/dossier/casebooks/\(ana.casebook.uuidString.lowercased())")
      #expect(json["type"] == "claim.recorded" && json["subject"] == "case/gouzenko")
      #expect(json["time"]?.stringValue == event.recordedAt.description)
      #expect(json["voice"] == "fbi" && json["position"] == "3")
      #expect(json["leafhash"]?.stringValue == hexadecimal(event.leafHash))
      // Names of attributes are lower-case letters and digits only.
      #expect(
        json.objectValue?.keys.allSatisfy { $0.allSatisfy { $0.isLowercase || $0.isNumber } }
          == true)
    }
  }

  @Test("A request of before is neither repeated nor answered with something made up")
  func requestsAreKnown() async throws {
    try await withKeeper { _, ana in
      let request = UUID()
      try await ana.append(.opened("gouzenko"), .opened("orlov"), request: request)
      let lines = try await ana.exported()
      try await withMigratedDatabase { other in
        let eve = Keeper.log(of: try await other.person("eve"))
        _ = try await eve.restore(lines)
        // The same person, on another server.
        try await other.asSuperuser { connection in
          try await connection.query(
            "GRANT CONNECT ON DATABASE \(identifier: other.configuration.database ?? "") TO \(identifier: ana.role)"
          )
        }
        try await eve.grant(.write, to: ana.role, on: ana.casebook)
        var person = other.configuration
        person.user = ana.role
        let here = Keeper(
          configuration: person, log: Keeper.log(of: person), casebook: ana.casebook, slug: "notes")
        let imported = EventLogError.requestImported(request, first: 2, last: 3)
        await #expect(throws: imported) {
          try await here.append(.opened("gouzenko"), .opened("orlov"), request: request)
        }
        await #expect(throws: imported) {
          try await here.log.priorReply(ana.casebook, request, sha256("a command"))
        }
        // The last gave her access here.
        #expect(try await here.head() == 4)
        await here.log.pool.close()
        await eve.pool.close()
      }
    }
  }

  // MARK: Bad input

  /// What is done to the lines of an export, and what must be said about it.
  struct Tampering: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let line: Int?
    let field: String?
    let change: @Sendable (inout [String]) -> Void

    init(
      _ name: String, line: Int?, field: String? = nil,
      _ change: @escaping @Sendable (inout [String]) -> Void
    ) {
      testDescription = name
      self.line = line
      self.field = field
      self.change = change
    }

    static func replacing(
      _ old: String, _ new: String, line: Int = 3, field: String? = "leafhash"
    ) -> Tampering {
      Tampering("\(old) becomes \(new)", line: line, field: field) {
        precondition($0[line - 1].contains(old))
        $0[line - 1] = $0[line - 1].replacing(old, with: new)
      }
    }
  }

  private static let tamperings: [Tampering] = [
    .replacing(#""data":{"ref":"c1""#, #""data":{"ref":"c2""#),
    .replacing(#""data":{"ref""#, #""data":{ "ref""#),
    .replacing("claim.recorded", "claim.withdrawn"),
    .replacing("case/gouzenko", "case/orlov"),
    .replacing("case/gouzenko", "gouzenko", field: "subject"),
    .replacing("case/gouzenko", "file/gouzenko", field: "subject"),
    .replacing(#""voice":"fbi""#, #""voice":"riehle""#),
    .replacing(#""voice":"fbi","#, ""),
    .replacing(#""position":"3""#, #""position":"4""#),
    .replacing(#""position":"3""#, #""position":3"#, field: "position"),
    .replacing(#""position":"3""#, #""position":"three""#, field: "position"),
    .replacing(#""streamversion":"1""#, #""streamversion":"2""#),
    .replacing(#""schemaversion":"1""#, #""schemaversion":"2""#),
    .replacing(#""recordedby":""#, #""recordedby":"not-"#),
    .replacing(#""specversion":"1.0""#, #""specversion":"0.3""#, field: "specversion"),
    .replacing(#""time":"2"#, #""time":"3"#),
    .replacing(#""time":"2"#, #""time":"x2"#, field: "time"),
    .replacing(#""type":"#, #""kind":"#, field: "type"),
    .replacing(#""id":""#, #""id":"x"#, field: "id"),
    .replacing(#""leafhash":""#, #""leafhash":"x"#, field: "leafhash"),
    .replacing("}}\n", #"},"author":"me"}"#, field: "author"),
    .replacing("}}\n", #"},"type":"claim.recorded"}"#, field: nil),
    .replacing(",\"data\":\(Payloads.claim())", "", field: "data"),
    .replacing("\"data\":\(Payloads.claim())}", #""data":{"#, field: "data"),
    .replacing("/dossier/casebooks/", "/casebooks/", field: "source"),
    Tampering("a line is missing", line: 2, field: "position") { $0.remove(at: 1) },
    Tampering("the first line is missing", line: 1, field: "position") { $0.removeFirst() },
    Tampering("two lines change places", line: 2, field: "position") { $0.swapAt(1, 2) },
    Tampering("a line is there twice", line: 3, field: "position") { $0.insert($0[1], at: 2) },
    Tampering("a line is cut short", line: 4, field: "leafhash") {
      $0[3] = $0[3].replacing(/"leafhash":".*/, with: "\"leafhash\":\"5f0c")
    },
    Tampering("a line is blank", line: 2) { $0.insert("\n", at: 1) },
    Tampering("nothing is left", line: nil) { $0 = [] },
  ]

  @Test(
    "A line that was changed is refused by line and field; nothing is written",
    arguments: tamperings)
  func refusesTampering(_ tampering: Tampering) async throws {
    try await withKeeper { _, ana in
      try await ana.append(.registered("fbi"), .claimed("gouzenko", in: "fbi"), .opened("orlov"))
      var lines = try await ana.exported()
      tampering.change(&lines)
      try await refuse(lines, line: tampering.line, field: tampering.field)
    }
  }

  @Test("A line whose own hash was worked out again is refused where it does not fit the others")
  func refusesForgery() async throws {
    try await withKeeper { _, ana in
      try await ana.append(.registered("fbi"), .claimed("gouzenko", in: "fbi"), .opened("orlov"))
      let forgeries: [(field: String, change: (inout RecordedEvent) -> Void)] = [
        ("streamversion", { $0 = $0.copy(streamVersion: 2) }),
        ("time", { $0 = $0.copy(recordedAt: Instant(microseconds: 1)) }),
        ("type", { $0 = $0.copy(type: "claim.invented") }),
        ("type", { $0 = $0.copy(type: "case.opened") }),
        ("requestid", { $0 = $0.copy(requestID: UUID()) }),
        // What the database would not have written either.
        ("subject", { $0 = $0.copy(stream: .case("Gouzenko")) }),
        ("subject", { $0 = $0.copy(stream: StreamID(.source, "gouzenko")) }),
        ("voice", { $0 = $0.copy(voice: "memoir") }),
        ("data", { $0 = $0.copy(data: "{}") }),
        (
          "data",
          { $0 = $0.copy(data: Payloads.claim().replacing(#"p. 1""#, with: #"p. 1","ref":"c1""#)) }
        ),
        ("recordedby", { $0 = $0.copy(recordedBy: "") }),
        ("time", { $0 = $0.copy(recordedAt: Instant(microseconds: 253_402_300_800_000_000)) }),
      ]
      for forgery in forgeries {
        var events = try await ana.events()
        // The request of @2..@4 is torn apart by another one in its middle.
        forgery.change(&events[2])
        try await refuse(
          events.map { $0.line(in: ana.casebook) }, line: forgery.field == "requestid" ? 2 : 3,
          field: forgery.field)
      }
    }
  }

  private func refuse(_ lines: [String], line: Int?, field: String?) async throws {
    try await withMigratedDatabase { other in
      let log = Keeper.log(of: try await other.person("eve"))
      let error = await #expect(throws: LogImportError.self) { try await log.restore(lines) }
      #expect(error?.line == line, "\(String(describing: error))")
      #expect(error?.field == field, "\(String(describing: error))")
      let rows = try await other.asSuperuser { connection in
        try await connection.query(
          "SELECT FROM dossier.casebook, dossier.event, dossier.source, dossier.append_request"
        ).count
      }
      #expect(rows == 0)
      await log.pool.close()
    }
  }

  @Test("Invalid UTF-8 is named by its column")
  func refusesInvalidUTF8() async throws {
    try await withKeeper { _, ana in
      var bytes = Array(try await ana.exported()[0].utf8.dropLast())
      bytes[bytes.count - 4] = 0xFF
      let error = #expect(throws: JSONError.self) { try CloudEvent.read(bytes) }
      #expect(error?.column == bytes.count - 3)
    }
  }

  // MARK: What is known

  @Test("A root noted down earlier is looked for, also where the log has grown since")
  func knownRoot() async throws {
    try await withKeeper { _, ana in
      let early = try await ana.log.verify(ana.casebook)
      try await ana.append(.opened("gouzenko"))
      let late = try await ana.log.verify(ana.casebook)
      let lines = try await ana.exported()
      for (known, isGood) in [
        (KnownRoot(size: early.events, root: early.root), true),
        (KnownRoot(size: late.events, root: late.root), true),
        (KnownRoot(size: late.events, root: early.root), false),
        (KnownRoot(size: late.events + 1, root: late.root), false),
      ] {
        try await withMigratedDatabase { other in
          let log = Keeper.log(of: try await other.person("eve"))
          if isGood {
            #expect(try await log.restore(lines, against: known).root == late.root)
          } else {
            await #expect(throws: LogImportError.self) {
              try await log.restore(lines, against: known)
            }
            #expect(try await log.casebooks().isEmpty)
          }
          await log.pool.close()
        }
      }
    }
  }

  // MARK: Who and where

  @Test("Neither an identifier nor a name that exists is overwritten")
  func refusesExisting() async throws {
    try await withKeeper { database, ana in
      try await ana.append(.opened("gouzenko"))
      let lines = try await ana.exported()
      await #expect(throws: EventLogError.casebookExists("notes")) {
        try await ana.log.restore(lines)
      }
      try await withMigratedDatabase { other in
        let eve = try await other.keeper("eve", of: "notes")
        await #expect(throws: EventLogError.casebookExists("notes")) {
          try await eve.log.restore(lines)
        }
        #expect(try await eve.head() == 1)
      }
      #expect(try await ana.head() == 2)
    }
  }

  @Test(
    "Only admins of the server's casebooks restore, and no superuser",
    arguments: [
      "dossier_analyst", "dossier_auditor", "dossier_projector",
    ])
  func refusesOthers(_ group: String) async throws {
    try await withKeeper { _, ana in
      let lines = try await ana.exported()
      try await withMigratedDatabase { other in
        for person in [try await other.person("ben", in: [group]), other.configuration] {
          let log = Keeper.log(of: person)
          await #expect(throws: EventLogError.self) { try await log.restore(lines) }
          await log.pool.close()
        }
      }
    }
  }

  @Test("An import cannot be used to add to a casebook, nor be carried on later")
  func importIsNoWayIn() async throws {
    try await withKeeper { _, ana in
      try await ana.append(.opened("gouzenko"))
      let event = try await ana.events()[1].copy(position: 3, stream: .case("orlov"))
      let query = importQuery([event], into: ana.casebook)
      var error = await #expect(throws: PostgresError.self) { try await ana.log.pool.query(query) }
      #expect(error?.sqlState?.rawValue == "DS007")
      error = await #expect(throws: PostgresError.self) {
        try await ana.log.pool.query("SELECT dossier.finish_import(\(ana.casebook))::text")
      }
      #expect(error?.sqlState?.rawValue == "DS007")
      #expect(try await ana.head() == 2)
    }
  }

  @Test("Time stands still while the clock is behind the log; the reply and a verification say so")
  func clockRanBack() async throws {
    try await withKeeper { _, ana in
      // A log whose last event lies in the future is what a clock that ran back leaves.
      let now = try await ana.events()[0].recordedAt
      let future = Instant(microseconds: now.microseconds + 3_600_000_000)
      try await ana.append(.opened("gouzenko"))
      var events = try await ana.events()
      events[1] = events[1].copy(recordedAt: future)
      try await withMigratedDatabase { other in
        let eve = try await other.person("eve")
        let log = Keeper.log(of: eve)
        _ = try await log.restore(events.map { $0.line(in: ana.casebook) })
        let copy = Keeper(configuration: eve, log: log, casebook: ana.casebook, slug: "notes")
        for name in ["orlov", "krivitsky"] {
          let reply = try await copy.append(.opened(name))
          #expect(reply.recordedAt == future)
          #expect((1...3_600_000_000).contains(reply.clockBehindMicroseconds))
        }
        let verification = try await log.verify(ana.casebook)
        #expect(verification.firstFault == nil && verification.standstills == [2...4])
        let basis = try await log.resolve(.instant(now), of: ana.casebook)
        #expect(basis.position == 1 && !basis.isFuture)
        let later = Instant(microseconds: future.microseconds + 1)
        #expect(try await log.resolve(.instant(later), of: ana.casebook).isFuture)
        await log.pool.close()
      }
      #expect(try await ana.append(.opened("orlov")).clockBehindMicroseconds == 0)
      #expect(try await ana.log.verify(ana.casebook).standstills.isEmpty)
    }
  }
}

// MARK: - Helpers

extension EventLog {
  /// Restores from lines as `export` writes them.
  func restore(_ lines: [String], against known: KnownRoot? = nil) async throws -> LogImport {
    var rest = lines[...]
    return try await restore(against: known) {
      rest.popFirst().map { Array($0.utf8.filter { $0 != UInt8(ascii: "\n") }) }
    }
  }
}

extension RecordedEvent {
  func copy(
    position: Int64? = nil, stream: StreamID? = nil, streamVersion: Int64? = nil,
    type: String? = nil, voice: String?? = nil, data: String? = nil, recordedAt: Instant? = nil,
    recordedBy: String? = nil, requestID: UUID? = nil, leafHash: [UInt8]? = nil
  ) -> RecordedEvent {
    RecordedEvent(
      position: position ?? self.position, stream: stream ?? self.stream,
      streamVersion: streamVersion ?? self.streamVersion, id: id, type: type ?? self.type,
      schemaVersion: schemaVersion, voice: voice ?? self.voice, data: data ?? self.data,
      recordedAt: recordedAt ?? self.recordedAt, recordedBy: recordedBy ?? self.recordedBy,
      requestID: requestID ?? self.requestID, leafHash: leafHash ?? self.leafHash)
  }

  /// Its line with a hash that fits.
  func line(in casebook: UUID) -> String {
    let event = RecordedEvent(
      position: position, stream: stream, streamVersion: streamVersion, id: id, type: type,
      schemaVersion: schemaVersion, voice: voice, data: data, recordedAt: recordedAt,
      recordedBy: recordedBy, requestID: requestID, leafHash: LeafHash.of(self, in: casebook))
    return CloudEvent.line(event, of: casebook)
  }
}

/// The call that an import makes of these events.
func importQuery(_ events: [RecordedEvent], into casebook: UUID) -> PostgresQuery {
  """
  SELECT dossier.import_events(
    \(casebook), \(events.map(\.position)), \(events.map(\.stream.kind.rawValue)),
    \(events.map(\.stream.id)), \(events.map(\.streamVersion)), \(events.map(\.id)),
    \(events.map(\.type)), \(events.map { Int32($0.schemaVersion) }), \(events.map(\.voice)),
    \(events.map(\.data)),
    \(events.map { PostgresTimestamp(microsecondsSinceUnixEpoch: $0.recordedAt.microseconds) }),
    \(events.map(\.recordedBy)), \(events.map(\.requestID)), \(events.map(\.leafHash)))::text
  """
}
