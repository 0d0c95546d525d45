import Calendar
import Casebook
import CasebookStore
@testable import EventLog
import FoundationEssentials
import PostgresClient
import TestSupport
import Testing

@Suite("The door")
struct DoorTests {
  @Test("Names and lines are the same to the database, to the rules and to whoever reads slugs")
  func names() async throws {
    try await withTestConnection(.migrated) { connection in
      var random = SeededGenerator(seed: 15)
      let letters = [
        "a", "z", "0", "9", "-", "-", "A", "_", "é", "/", " ", "\n", "\u{202E}", "\u{85}",
      ]
      var texts = ["", "a", "-", "a-", "-a", "a--b", "a-b", "a\u{7F}", "a\u{301}"]
      for length in 60...66 {
        texts.append(String(repeating: "a", count: length))
        texts.append(String(repeating: "a-", count: length / 2) + "b")
      }
      for _ in 0..<2_000 {
        texts.append(
          (0..<Int.random(in: 1...6, using: &random))
            .map { _ in random.once(in: 3) ? random.pick(letters) : random.pick(letters.prefix(5)) }
            .joined())
      }
      let rows = try await connection.query(
        """
        SELECT dossier.is_name(t.text), dossier.is_line(t.text)
        FROM unnest(\(texts)) WITH ORDINALITY AS t(text, n) ORDER BY t.n
        """)
      for (text, row) in zip(texts, rows) {
        let (isName, isLine) = try row.decode((Bool, Bool).self)
        #expect(isName == LogRules.isName(text), "\(text.debugDescription)")
        #expect(isName == ((try? Slug(text)) != nil), "\(text.debugDescription)")
        #expect(isLine == LogRules.isLine(text), "\(text.debugDescription)")
      }
    }
  }

  @Test(
    "Whatever is sent is taken or refused as the rules say; what was taken can be read, exported and restored",
    arguments: 1...3 as ClosedRange<UInt64>)
  func requests(_ seed: UInt64) async throws {
    try await withKeeper { database, ana in
      let ben = try await ana.joined(by: "ben", .write, database)
      try await ana.append(.registered("fbi"), .registered("memoir"))
      let rules = try await ana.log.rules()
      var model = RequestModel(
        try await ana.events(), rules, slug: ana.slug, author: ana.role)
      var writer = PayloadWriter(random: SeededGenerator(seed: seed))
      var taken = 0
      for _ in 0..<500 {
        let request = try model.request(&writer)
        let person = writer.random.once(in: 8) ? ben : ana
        let isWelcome = model.takes(request, isAdmin: person.role == ana.role)
        do {
          try await person.log.pool.query(request.query(ana.casebook))
          #expect(isWelcome, "taken: \(request)")
          taken += 1
        } catch let error as PostgresError {
          #expect(!isWelcome, "refused (\(error.message)): \(request)")
          #expect(
            Self.isClear(error), "\(error.sqlState?.rawValue ?? "") \(error.message): \(request)")
        }
      }
      #expect(taken > 150 && taken < 400)

      let events = try await ana.log.events(of: ana.casebook, positions: 1...10_000)
      #expect(Int64(events.count) == model.head)
      #expect(try await ana.log.verify(ana.casebook).firstFault == nil)
      let lines = try await ana.exported()
      try await withMigratedDatabase { other in
        let eve = Keeper.log(of: try await other.person("eve"))
        _ = try await eve.restore(lines)
        #expect(try await eve.events(of: ana.casebook, positions: 1...10_000) == events)
        #expect(try await eve.verify(ana.casebook).firstFault == nil)
        await eve.pool.close()
      }
    }
  }

  /// A refusal of our own, or that something is not JSON: nothing that only a programmer understands.
  private static func isClear(_ error: PostgresError) -> Bool {
    ["DS001", "DS004", "DS007", "42501", "22P02"].contains(error.sqlState?.rawValue)
  }

  @Test("What is taken as it was written means to the decoder what it says")
  func decoded() async throws {
    try await withKeeper { _, ana in
      var writer = PayloadWriter(random: SeededGenerator(seed: 7))
      try await ana.append(.registered("fbi"), .opened("gouzenko"))
      // Access is given to roles that are there.
      for type in EventType.allCases
      where type != .casebookCreated && type != .eventVoided && !type.changesAccess {
        let stream =
          switch type.rawValue.split(separator: ".")[0] {
          case "casebook", "predicate", "tabulation": StreamID(.casebook, "notes")
          case "source": StreamID(.source, "fbi")
          default: StreamID.case("gouzenko")
          }
        let isSpoken = ["claim", "citation", "tabulation"].contains { type.rawValue.hasPrefix($0) }
        try await ana.append(
          .on(
            stream, type.rawValue, voice: isSpoken && type != .claimDisputed ? "fbi" : nil,
            data: try writer.restyled(type.rawValue)))
      }
      for event in try await ana.events() {
        #expect(throws: Never.self) { try Fact(event) }
      }
    }
  }

  @Test(
    "Whatever an import holds is taken or refused as a verification says of it",
    arguments: 1...2 as ClosedRange<UInt64>)
  func imports(_ seed: UInt64) async throws {
    try await withKeeper { database, ana in
      try await ana.append(.registered("fbi"), .opened("gouzenko"), .claimed("gouzenko", in: "fbi"))
      try await ana.append(
        .on(StreamID(.casebook, "notes"), "event.voided"), .claimed("gouzenko", in: "fbi"))
      let events = try await ana.events()
      let rules = try await ana.log.rules()
      var writer = PayloadWriter(random: SeededGenerator(seed: seed))
      try await withMigratedDatabase { other in
        let eve = Keeper.log(of: try await other.person("eve"))
        var taken = 0
        for _ in 0..<250 {
          let changed = try Self.changed(events, of: ana.casebook, &writer)
          var walk = LogWalk(
            casebook: ana.casebook, known: nil, rules: RuleWalk(rules, of: ana.slug))
          // An import takes nothing that breaks a rule, be it set aside later.
          var fault: Verification.Fault?
          for event in changed {
            walk.step(event)
            fault = fault ?? walk.result.firstFault
          }
          do {
            try await eve.pool.transaction { connection in
              try await connection.query(importQuery(changed, into: ana.casebook))
              throw CancellationError()
            }
          } catch let error as PostgresTransactionError where error.cause.kind == .server {
            Issue.record("\(error)")
          } catch let error as PostgresError {
            #expect(fault != nil, "\(error.message): \(changed)")
            #expect(
              ["DS007", "DS011", "22P02"].contains(error.sqlState?.rawValue), "\(error.message)")
          } catch is CancellationError {
            #expect(fault == nil, "\(String(describing: fault))")
            taken += 1
          }
        }
        #expect(taken > 20 && taken < 200)
        await eve.pool.close()
      }
    }
  }

  /// The events with something changed in one of them, and the hash to fit.
  private static func changed(
    _ events: [RecordedEvent], of casebook: UUID, _ writer: inout PayloadWriter
  ) throws -> [RecordedEvent] {
    var events = events
    let index = Int.random(in: events.indices, using: &writer.random)
    var event = events[index]
    let names = [
      "", "X", "a b", "fbi", "orlov", "gouzenko", "notes", String(repeating: "x", count: 64),
    ]
    switch Int.random(in: 0..<9, using: &writer.random) {
    case 0: event = event.copy(position: writer.random.pick([-1, 0, event.position + 1]))
    case 1:
      event = event.copy(
        stream: StreamID(
          writer.random.pick(StreamKind.allCases), writer.random.pick(names + [event.stream.id])))
    case 2: event = event.copy(streamVersion: writer.random.pick([-1, 0, 1, 2]))
    case 3: event = event.copy(type: writer.random.pick(Payloads.all.keys.sorted() + ["x.y"]))
    case 4: event = event.copy(voice: .some(writer.random.pick(names + [nil])))
    case 5, 6:
      let data =
        event.type == "event.voided"
        ? #"{"position":\#(writer.random.pick([-1, 0, 1, 2, 4, 5, 6, 99])),"reason":"so"}"#
        : try writer.changed(event.type)
      event = event.copy(data: data)
    case 7:
      event = event.copy(
        recordedBy: writer.random.pick(["", "a\nb", "Ana María", String(repeating: "x", count: 64)])
      )
    default:
      let times: [Int64] = [
        0, -62_135_596_800_000_001, 253_402_300_800_000_000, event.recordedAt.microseconds + 1,
      ]
      event = event.copy(recordedAt: Instant(microseconds: writer.random.pick(times)))
    }
    events[index] = event.copy(leafHash: LeafHash.of(event, in: casebook))
    return events
  }
}
