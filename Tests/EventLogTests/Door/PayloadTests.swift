import Casebook
@testable import EventLog
import PostgresClient
import StrictJSON
import TestSupport
import Testing

/// What the database says of payloads, and what this program says: the rules, and the decoder that reads them later.
@Suite("Payloads at the door")
struct PayloadTests {
  private struct Verdict {
    let type: String
    let data: String
    /// The database's words; nil when it lets the payload in.
    let refusal: String?
    /// Whether it did so at the first look.
    let isQuick: Bool
  }

  /// Asks the database about payloads, with its functions and no log.
  private func verdicts(
    _ payloads: [(type: String, data: String)], _ connection: PostgresConnection
  ) async throws -> [Verdict] {
    try await connection.execute(
      script: """
        CREATE FUNCTION pg_temp.refusal(_type text, _data text) RETURNS text LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM dossier.refuse_payload('it', '{}', _type, 1, _data);
          RETURN NULL;
        EXCEPTION WHEN SQLSTATE 'DS007' OR invalid_text_representation THEN RETURN SQLERRM;
        END $$;
        CREATE FUNCTION pg_temp.is_quick(_type text, _data text) RETURNS bool LANGUAGE plpgsql AS $$
        BEGIN
          RETURN coalesce((
            SELECT dossier.is_plain(_data)
              AND dossier.is_sound(_data, _data::jsonb, _data::jsonb::text, t.fields, t.shape)
            FROM dossier.event_type t WHERE t.event_type = _type LIMIT 1), false);
        EXCEPTION WHEN OTHERS THEN RETURN false;
        END $$;
        """)
    let rows = try await connection.query(
      """
      SELECT pg_temp.refusal(p.type, p.data), pg_temp.is_quick(p.type, p.data)
      FROM unnest(\(payloads.map(\.type)), \(payloads.map(\.data))) WITH ORDINALITY
        AS p(type, data, n)
      ORDER BY p.n
      """)
    return try zip(payloads, rows).map { payload, row in
      Verdict(
        type: payload.type, data: payload.data, refusal: try row.decode(String?.self, at: 0),
        isQuick: try row.decode(Bool.self, at: 1))
    }
  }

  private func isDecoded(_ data: String, as type: String) -> Bool {
    guard let type = EventType(rawValue: type) else { return false }
    return (try? Event(type, data: JSON(parsing: data))) != nil
  }

  @Test("The fields of every type are those that its decoder reads, and of the same kinds")
  func fields() async throws {
    try await withTestConnection(.migrated) { connection in
      var payloads: [(type: String, data: String)] = []
      for type in EventType.allCases.map(\.rawValue) {
        let sample = try JSON(parsing: try #require(Payloads.all[type], "\(type)"))
        let object = try #require(sample.objectValue)
        payloads.append((type, sample.text))
        var larger = object
        larger["unheardOf"] = "of"
        payloads.append((type, larger.text))
        for (key, value) in object.members {
          var without = object
          without[key] = nil
          payloads.append((type, without.text))
          let others: [JSON] = [.null, true, 1, .number("1.5"), "x", [], [:]]
          for other in others where other.kindInWords != value.kindInWords {
            var changed = object
            changed[key] = other
            payloads.append((type, changed.text))
          }
        }
      }
      let described = try await connection.query(
        "SELECT DISTINCT event_type FROM dossier.event_field"
      ).map { row throws(PostgresError) in try row.decode(String.self, at: 0) }
      #expect(Set(described).isSuperset(of: EventType.allCases.map(\.rawValue)))

      let verdicts = try await verdicts(payloads, connection)
      for verdict in verdicts {
        #expect(
          isDecoded(verdict.data, as: verdict.type) == (verdict.refusal == nil),
          "\(verdict.type) \(verdict.data): \(verdict.refusal ?? "taken")")
        #expect(!verdict.isQuick || verdict.refusal == nil, "\(verdict.type) \(verdict.data)")
      }
      // What is written as this program writes it is let in at the first look, but where it holds numbers.
      let slow = verdicts.filter { $0.refusal == nil && !$0.isQuick && !$0.data.contains("1.5e3") }
      #expect(Set(slow.map(\.type)) == ["event.voided", "source.text-attached"])
    }
  }

  @Test(
    "Whatever a payload is, the database and the program say the same of it",
    arguments: 1...4 as ClosedRange<UInt64>)
  func generated(_ seed: UInt64) async throws {
    try await withMigratedDatabase { database in
      var writer = PayloadWriter(random: SeededGenerator(seed: seed))
      let types = Payloads.all.keys.sorted()
      let payloads = try (0..<700).map { number in
        let type = types[number % types.count]
        return (
          type,
          number.isMultiple(of: 7) ? try writer.restyled(type) : try writer.changed(type)
        )
      }
      let log = Keeper.log(of: database.configuration)
      let rules = try await log.rules()
      await log.pool.close()
      let verdicts = try await database.asSuperuser { try await self.verdicts(payloads, $0) }
      for verdict in verdicts {
        let fault = rules.fault(inPayload: verdict.data, of: .init(name: verdict.type, version: 1))
        #expect(
          (fault == nil) == (verdict.refusal == nil),
          "\(verdict.type) \(verdict.data): \(fault ?? "fine"), \(verdict.refusal ?? "taken")")
        #expect(!verdict.isQuick || verdict.refusal == nil, "\(verdict.type) \(verdict.data)")
        // What is let in is strict JSON: the decoder gets as far as the domain's own types.
        if verdict.refusal == nil { #expect((try? JSON(parsing: verdict.data)) != nil) }
      }
      #expect(verdicts.count { $0.refusal == nil } > 100)
      #expect(verdicts.count { $0.refusal != nil } > 100)
      #expect(verdicts.contains { $0.isQuick })
    }
  }
}
