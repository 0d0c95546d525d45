import FoundationEssentials
import PostgresClient
import TestSupport
import Testing

@Suite("A query")
struct QueryTests {
  @Test("binds what is interpolated, however it reads as SQL")
  func bindsValues() async throws {
    try await withTestConnection { connection in
      let hostile = "'); DROP TABLE t; -- $1 \\ \" \u{0}".replacing("\u{0}", with: "")
      let rows = try await connection.query("SELECT \(hostile), \(hostile) || 'x'")
      #expect(try rows[0].decode((String, String).self) == (hostile, hostile + "x"))
    }
  }

  @Test("returns every supported type as it was bound")
  func roundTrips() async throws {
    try await withTestConnection { connection in
      func check<T: PostgresEncodable & PostgresDecodable & Equatable>(_ value: T) async throws {
        let rows = try await connection.query("SELECT \(value)")
        #expect(try rows[0].decode(T.self, at: 0) == value)
      }
      try await check(true)
      try await check(false)
      try await check(Int.min)
      try await check(Int64.max)
      try await check(Int32.min)
      try await check(Int16(-2))
      try await check(-0.1)
      try await check(Double.infinity)
      try await check("")
      try await check("Петров 🕵️ \t\n")
      try await check(PostgresJSON(#"{ "b":1, "a":2 }"#))
      try await check([UInt8]())
      try await check([UInt8](0...255))
      try await check(UUID())
      try await check(PostgresTimestamp(microsecondsSinceUnixEpoch: -1))
      try await check(PostgresTimestamp(microsecondsSinceUnixEpoch: 1_773_221_400_123_456))
      try await check(PostgresDate(daysSinceUnixEpoch: -719_162))
      try await check([Int64]())
      try await check([Int64.min, 0, 1])
      try await check([Int32](0..<100))
      try await check([Int16(1), -1])
      try await check([true, false])
      try await check([1.5, -0.0])
      try await check(["", "a,b", "{}", "NULL"])
      try await check(["a", nil, ""] as [String?])
      try await check([nil, 7] as [Int64?])
      try await check([[1, 2], [], [255]] as [[UInt8]])
      try await check([UUID(), UUID()])
      try await check([PostgresTimestamp(microsecondsSinceUnixEpoch: 0)])
      try await check([PostgresDate(daysSinceUnixEpoch: 1)])
      try await check([PostgresJSON("[]")])
      try await check(String?.none)
      try await check(String?.some("x"))
      try await check([Int]?.none)
    }
  }

  @Test("reads times as PostgreSQL means them")
  func readsTimes() async throws {
    try await withTestConnection { connection in
      let rows = try await connection.query(
        "SELECT '2000-01-01T00:00:00.000001Z'::timestamptz, '1970-01-02'::date")
      let (time, day) = try rows[0].decode((PostgresTimestamp, PostgresDate).self)
      #expect(time.microsecondsSinceUnixEpoch == 946_684_800_000_001)
      #expect(day.daysSinceUnixEpoch == 1)
    }
  }

  @Test("reads text from every type that is sent as text")
  func readsTextLikeTypes() async throws {
    try await withTestConnection { connection in
      try await connection.query("CREATE TYPE mood AS ENUM ('calm')")
      let rows = try await connection.query(
        """
        SELECT 'n'::name, 'v'::varchar, 'c'::char(2), '{"a": 1}'::jsonb, '{"a":1}'::json, \
        'calm'::mood, 'x'::"char"
        """)
      let text = try (0..<7).map { column in try rows[0][column] as String }
      #expect(text == ["n", "v", "c ", #"{"a": 1}"#, #"{"a":1}"#, "calm", "x"])
    }
  }

  @Test("says which column cannot be read, and why")
  func explainsDecodingFailures() async throws {
    try await withTestConnection { connection in
      let row = try await connection.query(
        "SELECT NULL::text AS slug, 300000::int8 AS big, 'infinity'::timestamptz AS late")[0]
      func failure<T: PostgresDecodable>(_: T.Type, _ name: String) -> PostgresError? {
        #expect(throws: PostgresError.self) { try row.decode(T.self, named: name) }
      }
      let null = failure(String.self, "slug")
      #expect(null?.kind == .decoding)
      #expect(null?.message == #"Column "slug" cannot be read as String: it is null."#)
      #expect(failure(Int16.self, "big")?.message.contains("300000 is out of range") == true)
      #expect(failure(UUID.self, "big")?.message.contains("object identifier 20") == true)
      #expect(failure(PostgresTimestamp.self, "late")?.message.contains("finite") == true)
      #expect(failure(Int.self, "size")?.message.contains("slug, big, late") == true)
      #expect(throws: PostgresError.self) { try row.decode(Int.self, at: 3) }
      #expect(throws: PostgresError.self) { try row.decode((String?, Int).self) }
    }
  }

  @Test("tells how many rows it touched")
  func countsRows() async throws {
    try await withTestConnection { connection in
      try await connection.query("CREATE TABLE t (n int8)")
      let inserted = try await connection.query(
        "INSERT INTO t SELECT * FROM unnest(\([1, 2, 3]))")
      #expect(inserted.affectedRows == 3)
      #expect(inserted.isEmpty)
      let found = try await connection.query("SELECT n FROM t ORDER BY n DESC")
      #expect(try found.map { row in try row["n"] as Int } == [3, 2, 1])
      #expect(found.commandTag == "SELECT 3")
      #expect(try await connection.query("DELETE FROM t WHERE n = \(9)").affectedRows == 0)
    }
  }

  @Test("is the same on its first, second and later uses")
  func preparesOnSecondUse() async throws {
    try await withTestConnection { connection in
      for n in 1...4 {
        let rows = try await connection.query("SELECT \(n) + 1")
        #expect(try rows[0][0] as Int == n + 1)
      }
      let prepared = try await connection.query("SELECT count(*) FROM pg_prepared_statements")
      #expect(try prepared[0][0] as Int == 1)
    }
  }

  @Test("keeps apart the same text with values of different types")
  func distinguishesTypes() async throws {
    try await withTestConnection { connection in
      for _ in 1...3 {
        let number = try await connection.query("SELECT \(1)")
        let text = try await connection.query("SELECT \("one")")
        #expect(try number[0][0] as Int == 1)
        #expect(try text[0][0] as String == "one")
      }
    }
  }

  @Test("goes on working when its table changes or the server forgets it")
  func preparesAgain() async throws {
    try await withTestConnection { connection in
      try await connection.query("CREATE TABLE t (a int8)")
      for _ in 1...3 { try await connection.query("SELECT * FROM t WHERE a < \(9)") }
      try await connection.query("ALTER TABLE t ADD b text DEFAULT 'new'")
      try await connection.query("INSERT INTO t (a) VALUES (1)")
      let rows = try await connection.query("SELECT * FROM t WHERE a < \(9)")
      #expect(try rows[0].decode((Int, String).self) == (1, "new"))

      for _ in 1...3 { try await connection.query("SELECT * FROM t WHERE a < \(9)") }
      try await connection.execute(script: "DEALLOCATE ALL")
      #expect(try await connection.query("SELECT * FROM t WHERE a < \(9)").count == 1)
    }
  }

  @Test("releases the statements it has no room for")
  func boundsPreparedStatements() async throws {
    try await withTestDatabase { configuration in
      var configuration = configuration
      configuration.preparedStatementLimit = 8
      let connection = try await PostgresConnection.connect(configuration)
      for n in 1...40 {
        for _ in 1...2 { try await connection.query("SELECT \(n), \(raw: "'\(n)'")") }
      }
      let prepared = try await connection.query("SELECT count(*) FROM pg_prepared_statements")
      #expect(try prepared[0].decode(Int.self, at: 0) <= 9)
      await connection.close()
    }
  }

  @Test("quotes identifiers, inserts raw text and other queries as such")
  func composes() async throws {
    try await withTestConnection { connection in
      let table = #"odd "name"; --"#
      try await connection.query("CREATE TABLE \(identifier: table) (n int8, s text)")
      try await connection.query("INSERT INTO \(identifier: table) VALUES (\(1), \("a"))")
      var filter: PostgresQuery = "n = \(1)"
      filter.append(" AND s = \("a")")
      let rows = try await connection.query(
        "SELECT \("x"), n FROM \(identifier: table) WHERE \(filter) \(raw: "LIMIT 1") OFFSET \(0)")
      #expect(try rows[0].decode((String, Int).self) == ("x", 1))
      #expect(filter.sql == "n = $1 AND s = $2")
    }
  }

  @Test("is refused when its text would be cut at a NUL")
  func refusesNull() async throws {
    try await withTestConnection { connection in
      let error = await #expect(throws: PostgresError.self) {
        try await connection.query("SELECT 1 \(raw: "\u{0}") + 1")
      }
      #expect(error?.kind == .misuse)
      let bound = await #expect(throws: PostgresError.self) {
        try await connection.query("SELECT \("a\u{0}b")")
      }
      #expect(bound?.kind == .server)
      let next = try await connection.query("SELECT 1")
      #expect(next.count == 1)
    }
  }

  @Test("cannot be two statements, but a script can")
  func scripts() async throws {
    try await withTestConnection { connection in
      await #expect(throws: PostgresError.self) {
        try await connection.query("SELECT 1; SELECT 2")
      }
      try await connection.execute(script: "CREATE TABLE a (n int); CREATE TABLE b (n int);")
      await #expect(throws: PostgresError.self) {
        try await connection.execute(script: "DROP TABLE a; SELECT 1/0")
      }
      #expect(try await connection.query("SELECT * FROM a").isEmpty)
    }
  }
}
