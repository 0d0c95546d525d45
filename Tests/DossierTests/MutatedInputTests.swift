import ArgumentParser
import Calendar
@testable import Casebook
import EDTF
@testable import EventLog
import FoundationEssentials
import StrictJSON
import TestSupport
import Testing

@testable import dossier

/// Inputs with a few bytes changed: each is read, and then written and read again to the same, or refused with the error
/// of whoever reads it; and nothing else happens. Most readers cannot throw another error: their types say so.
@Suite("A mutated")
struct MutatedInputTests {
  /// Something that reads texts: true when it took one.
  struct Reader: CustomTestStringConvertible {
    let testDescription: String
    let texts: [String]
    let take: @Sendable (Mutant) -> Bool

    /// A reader whose result can be written; it gives nil when it refuses.
    init<Value: Equatable & Sendable>(
      _ name: String, _ texts: [String], reading: @escaping @Sendable ([UInt8]) -> Value?,
      writing: @escaping @Sendable (Value) -> String
    ) {
      testDescription = name
      self.texts = texts
      take = { mutant in
        guard let value = reading(mutant.bytes) else { return false }
        #expect(reading(Array(writing(value).utf8)) == value, "\(mutant)")
        return true
      }
    }

    /// A reader of text whose result cannot be written.
    init(_ name: String, _ texts: [String], takes: @escaping @Sendable (Mutant) -> Bool) {
      testDescription = name
      self.texts = texts
      take = takes
    }
  }

  private static let readers: [Reader] = [
    Reader(
      "JSON",
      [
        #"{"a":[1,-2.50e3,true,null,{"é":"\u00e9 \"\\ \ud83d\ude00"}],"b":{"c":{"d":[[]]}},"e":""}"#,
        #"[{"position":"12","data":{"slug":"a-b","changes":{"value":["x",1e10]}}}]"#,
      ], reading: { bytes in attempt { () throws(JSONError) in try JSON(parsing: bytes) } },
      writing: \.text),
    Reader(
      "EDTF date",
      [
        "1919-01-13", "1954-01/1954-02?", "[1927,1928..1930]", "{1960-06,1961}", "19XX~",
        "Y-170000002",
        "2001-21^x", "1985-04-12T23:20:30Z", "../1985", "1984-06-?02", "1900-02-16 O.S.", "1950S2",
      ], reading: { bytes in attempt(bytes) { text throws(EDTFError) in try EDTF(text) } },
      writing: \.description),
    Reader("date in words", ["in or about March 1944", "13 января 1919 г.", "1/2/1919 or 1920"]) {
      EDTF.suggestion(for: $0.text) != nil
    },
    Reader(
      "moment", ["1985-04-12T23:20:30.123456Z", "0001-01-01T00:00:00+14:00"],
      reading: { bytes in
        attempt(bytes) { text throws(CalendarError) in try Instant(parsing: text) }
      },
      writing: \.description),
    Reader(
      "short name", ["igor-gouzenko", "a1-2-b", String(repeating: "a", count: 63)],
      reading: { bytes in attempt(bytes) { text throws(Refusal) in try Slug(text) } },
      writing: \.text),
    Reader(
      "reference",
      ["gouzenko/c12", "@412", "tabulation/recalled", "fbi-1955", "a/n1", "b/d2", "c/k3"],
      reading: { bytes in attempt(bytes) { text throws(Refusal) in try Reference(text) } },
      writing: \.description),
    Reader(
      "locator", ["pp. 22–[23], 41 and 43", "II, p. 5; ch. 5 ¶ 2", "Bl. 12v", "с. 41 сл.", "n. 7"]
    ) { mutant in
      let locator = Locator(mutant.text)
      // What has a place at all is named by itself.
      return locator.isNamed(by: locator)
    },
    Reader(
      "criterion",
      [
        "recall.ordered in (ordered, summoned) and not (fear.for-safety = no)",
        "defection.date >= 1954-01 and defection.date <= 1954-02 or name.primary = \"a \"\"b\"\"\"",
        "motive.kind[weight=contributing, note=x] = purges or death.date is known",
      ]
    ) { mutant in
      _ = attempt { () throws(Refusal) in try Criterion(mutant.text, in: CasebookState()) }
      return attempt { () throws(Refusal) in
        var parser = try CriterionParser(mutant.text)
        return try parser.parse().conditions.count
      } != nil
    },
    Reader(
      "name of a person",
      ["Deriabin, Petr S.", "Дерябин П. С.", "Sir John O'Neill-Smith", "Nikolay Khokhlov"]
    ) { mutant in
      let name = NameKey(mutant.text)
      #expect(name.relation(to: name) == .same, "\(mutant)")
      return name.covers(NameKey("Derjabin"))
    },
    Reader(
      "moment in words", ["2 weeks ago", "last tuesday", "2026-03-01T12:00", "@412", "yesterday"]
    ) { mutant in
      isUnderstood(mutant) { try When(in: .utc, now: Instant(microseconds: 0)).read($0) }
    },
    Reader("name of a zone", ["Europe/Paris", "+01:00", "UTC", "America/Argentina/Buenos_Aires"]) {
      mutant in
      isUnderstood(mutant) { try TimeZoneRules(name: $0, environment: [:]) }
    },
    Reader(
      "rule for clocks", ["CET-1CEST,M3.5.0,M10.5.0/3", "<-03>3", "EST5EDT,M3.2.0,M11.1.0/-1:30"]
    ) { mutant in
      guard let rule = RecurringRule(mutant.text) else { return false }
      expectDays(of: TimeZoneRules(periods: [], rule: rule), mutant)
      return true
    },
  ]

  /// Whether something is understood; when not, the program says so itself.
  private static func isUnderstood<Value>(
    _ mutant: Mutant, _ read: (String) throws -> Value
  ) -> Bool {
    do {
      _ = try read(mutant.text)
      return true
    } catch {
      #expect(error is Failure, "\(type(of: error)): \(mutant)")
      return false
    }
  }

  /// The first and last days of the calendar, and one of now, end somewhere in such a zone.
  private static func expectDays(of zone: TimeZoneRules, _ mutant: Mutant) {
    for text in ["0001-01-01", "1970-03-29", "2026-10-25", "9999-12-31"] {
      guard let date = CalendarDate(text) else { continue }
      let end = zone.endOfDay(date)
      #expect(abs(zone.date(of: end).dayNumber - date.dayNumber) < 10, "\(text), \(mutant)")
    }
  }

  @Test("file of a time zone is read, or is none", .timeLimit(.minutes(30)))
  func zoneFile() throws {
    let files = try ["Europe/Paris", "America/New_York", "Asia/Kathmandu"].map {
      Array(try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/\($0)")))
    }
    for mutant in Mutant.all(600, of: files) {
      guard let file = TimeZoneFile(mutant.bytes) else { continue }
      Self.expectDays(of: TimeZoneRules(periods: file.periods, rule: file.rule), mutant)
    }
  }

  @Test(
    "text is read, or refused by the one who reads it", .timeLimit(.minutes(30)), arguments: readers
  )
  func text(_ reader: Reader) {
    var taken = 0
    var count = 0
    for mutant in Mutant.all(1_000, of: reader.texts) {
      count += 1
      if reader.take(mutant) { taken += 1 }
    }
    // Of both there are enough, so that both are tried.
    #expect(count == 1 || taken > 5 && taken < count, "\(taken) of \(count) were taken")
  }

  @Test("line of an exported log is what was exported, or refused", .timeLimit(.minutes(30)))
  func logLine() throws {
    // The same each time, so that a seed names the same line.
    let id = try #require(UUID(uuidString: "0190f2a4-7c1e-7d3a-9b55-3f2c1a0b9e8d"))
    let casebook = id
    let data = #"{"slug":"gouzenko","kind":"person","name":"Игорь \u00e9"}"#
    let unsigned = RecordedEvent(
      position: 7, stream: StreamID(.case, "gouzenko"), streamVersion: 1, id: id,
      type: "case.opened", schemaVersion: 1, voice: nil, data: data,
      recordedAt: Instant(microseconds: 1_700_000_000_123_456), recordedBy: "ana",
      requestID: id, leafHash: [])
    let event = RecordedEvent(
      position: 7, stream: unsigned.stream, streamVersion: 1, id: unsigned.id, type: unsigned.type,
      schemaVersion: 1, voice: nil, data: data, recordedAt: unsigned.recordedAt, recordedBy: "ana",
      requestID: unsigned.requestID, leafHash: LeafHash.of(unsigned, in: casebook))
    let line = CloudEvent.line(event, of: casebook)
    for mutant in Mutant.all(2_000, of: [line]) {
      guard let found = attempt({ () throws(JSONError) in try CloudEvent.read(mutant.bytes) })
      else { continue }
      #expect(found.casebook == casebook && found.event == event, "\(mutant)")
    }
    #expect(try CloudEvent.read(Array(line.utf8)).event == event)
  }

  @Test("configuration is read, or refused with its file", .timeLimit(.minutes(30)))
  func configuration() async throws {
    try await Sandbox.withoutDatabase { sandbox in
      let text = "# mine\ncasebook: one\nsource: 'fbi-1955'\ntime-zone: \"Europe/Moscow\"\n"
      for mutant in Mutant.all(1_000, of: [text]) {
        try sandbox.write(bytes: mutant.bytes, to: ".config/dossier/config.yaml")
        do {
          _ = try Settings(environment: ["HOME": sandbox.home.path])
        } catch let failure as Failure {
          #expect("\(failure)".contains("config.yaml"), "\(mutant)")
        } catch {
          Issue.record("\(type(of: error)): \(mutant)")
        }
      }
    }
  }

  @Test("command line is understood, or refused as a wrong use", .timeLimit(.minutes(30)))
  func arguments() {
    let lines = [
      "claim record gouzenko birth.date 1919-01-13 -s fbi-1955 -l 41 --with from=1944 --not",
      "case show gouzenko --as-of 1955-01-01 --source fbi --format json --voices all",
      "projection rebuild --all --workers 2", "log verify --size 10 --root abc --format ndjson",
      "casebook grant bert write --dry-run", "search 'papers shirt' --limit 5", "undo @412 -m x",
      "replay --to @20 --save moment", "db restore file --as ana", "edtf 1919~ --help",
    ]
    for mutant in Mutant.all(200, of: lines) {
      let words = mutant.text.split(separator: " ").map(String.init)
      do {
        _ = try Dossier.parseAsRoot(words)
      } catch {
        let status = Dossier.exitCode(for: error)
        #expect(
          error is Failure || status == .validationFailure || status == .success,
          "\(type(of: error)): \(mutant)")
      }
    }
  }

  @Test("backup is refused as none")
  func backup() async throws {
    try await Sandbox.withOffice { office in
      try await office.asKeeper().done("db backup notes.dump")
      let whole = try Data(contentsOf: office.home.appending(path: "notes.dump"))
      // The header and the table of contents; all that is read before the trial.
      let header = Array(whole.prefix(6_000))
      for mutant in Mutant.all(60, of: [header]) {
        try office.write(bytes: mutant.bytes + whole.dropFirst(header.count), to: "changed.dump")
        do {
          _ = try await BackupArchive(office.home.appending(path: "changed.dump").path)
        } catch {
          #expect(error is Failure, "\(type(of: error)): \(mutant)")
        }
      }
    }
  }
}

/// What a reader makes of something; nil when it refuses, which it can do with one type of error only.
private func attempt<Value, Fault: Error>(
  _ read: () throws(Fault) -> Value
) -> Value? {
  do { return try read() } catch { return nil }
}

/// The same for a reader of text; bytes that are none are for those who read files.
private func attempt<Value, Fault: Error>(
  _ bytes: [UInt8], _ read: (String) throws(Fault) -> Value
) -> Value? {
  do { return try read(String(decoding: bytes, as: UTF8.self)) } catch { return nil }
}
