import PostgresClient
import TestSupport
import Testing

private struct Refusal: Error, Equatable {}

@Suite("A stream")
struct StreamTests {
  @Test("yields every row once, in order")
  func yieldsRows() async throws {
    try await withTestConnection { connection in
      var next = 1
      let last = 20_000
      for try await row in connection.stream(
        "SELECT n, repeat('x', (n % 50)::int) FROM generate_series(1, \(last)) n")
      {
        let (number, text) = try row.decode((Int, String).self)
        #expect(number == next && text.utf8.count == number % 50)
        next += 1
      }
      #expect(next == last + 1)
      #expect(try await connection.query("SELECT 1").count == 1)
    }
  }

  @Test("of no rows ends at once")
  func yieldsNothing() async throws {
    try await withTestConnection { connection in
      for try await _ in connection.stream("SELECT 1 WHERE \(false)") {
        Issue.record("a row")
      }
      #expect(try await connection.query("SELECT 1").count == 1)
    }
  }

  @Test("keeps the connection to itself until it ends")
  func excludesOthers() async throws {
    try await withTestConnection { connection in
      var rows = connection.stream("SELECT generate_series(1, 100000)").makeAsyncIterator()
      _ = try await rows.next()
      let error = await #expect(throws: PostgresError.self) {
        try await connection.query("SELECT 1")
      }
      #expect(error?.kind == .misuse)
      var count = 1
      while try await rows.next() != nil { count += 1 }
      #expect(count == 100_000)
    }
  }

  @Test("dropped half-way is cancelled, and the connection goes on")
  func isAbandoned() async throws {
    try await withTestConnection { connection in
      // Nobody could wait for all of these rows.
      for try await row in connection.stream("SELECT generate_series(1, 100000000000)") {
        if try row[0] as Int == 1000 { break }
      }
      #expect(try await connection.query("SELECT 1").count == 1)
    }
  }

  @Test("dropped half-way inside a transaction does not undo the transaction")
  func isAbandonedInTransaction() async throws {
    try await withTestConnection { connection in
      try await connection.query("CREATE TABLE t (n int8)")
      try await connection.transaction { connection in
        try await connection.query("INSERT INTO t VALUES (1)")
        for try await _ in connection.stream("SELECT generate_series(1, 20000)") { break }
        try await connection.query("INSERT INTO t VALUES (2)")
      }
      #expect(try await connection.query("SELECT * FROM t").count == 2)
    }
  }

  @Test("that fails half-way throws after the rows before, and the connection goes on")
  func failsHalfWay() async throws {
    try await withTestConnection { connection in
      let stream = connection.stream("SELECT 1 / (5000 - n) FROM generate_series(1, 9999) n")
      var count = 0
      let error = await #expect(throws: PostgresError.self) {
        for try await _ in stream { count += 1 }
      }
      #expect(error?.sqlState?.rawValue == "22012")
      #expect(count > 0 && count < 5000)
      let after = try await connection.query("SELECT 1")
      #expect(after.count == 1)
    }
  }

  @Test("from a pool borrows a connection and returns it, finished or dropped")
  func borrowsFromPool() async throws {
    try await withTestDatabase { configuration in
      let pool = PostgresPool(configuration, maximumConnections: 1)
      var count = 0
      for try await _ in pool.stream("SELECT generate_series(1, 3)") { count += 1 }
      #expect(count == 3)
      for try await _ in pool.stream("SELECT generate_series(1, 100000000000)") { break }
      #expect(try await pool.query("SELECT 1").count == 1)
      await #expect(throws: PostgresError.self) {
        for try await _ in pool.stream("SELECT 1/0") {}
      }
      #expect(try await pool.query("SELECT 1").count == 1)
      await pool.close()
    }
  }
}

@Suite("COPY")
struct CopyTests {
  @Test("in and out again gives the same bytes")
  func roundTrips() async throws {
    try await withTestConnection { connection in
      try await connection.query("CREATE TABLE t (n int8, s text)")
      let lines = (1...30_000).map { "\($0)\ttext \($0)\n" }
      let count = try await connection.copyIn("COPY t FROM STDIN") { writer in
        for line in lines { try await writer.write(line) }
      }
      #expect(count == 30_000)
      var bytes: [UInt8] = []
      for try await chunk in try connection.copyOut("COPY t TO STDOUT") {
        #expect(chunk.count < 128 * 1024)
        bytes += chunk
      }
      #expect(String(decoding: bytes, as: UTF8.self) == lines.joined())
    }
  }

  @Test("takes one large piece as well as many small ones")
  func splitsLargePieces() async throws {
    try await withTestConnection { connection in
      try await connection.query("CREATE TABLE t (s text)")
      let text = String(repeating: "ж", count: 3_000_000)
      try await connection.copyIn("COPY t FROM STDIN") { try await $0.write(text + "\n") }
      let rows = try await connection.query("SELECT s FROM t")
      #expect(try rows[0][0] as String == text)
    }
  }

  @Test("takes typed rows, nulls included")
  func takesRows() async throws {
    try await withTestConnection { connection in
      try await connection.query("CREATE TABLE t (n int8, s text, b bytea, a text[])")
      let copied = try await connection.copyRowsIn("COPY t FROM STDIN (FORMAT binary)") { rows in
        for n in 1...1000 {
          let text = n.isMultiple(of: 2) ? "even\t\n" : nil
          try await rows.write(n, text, [UInt8(n % 256)], ["a", "\(n)"])
        }
      }
      #expect(copied == 1000)
      let rows = try await connection.query("SELECT * FROM t ORDER BY n")
      for n in [1, 2, 1000] {
        let row = try rows[n - 1].decode((Int, String?, [UInt8], [String]).self)
        #expect(
          row == (n, n.isMultiple(of: 2) ? "even\t\n" : nil, [UInt8(n % 256)], ["a", "\(n)"]))
      }
    }
  }

  @Test("given up by its body keeps nothing")
  func givesUp() async throws {
    try await withTestConnection { connection in
      try await connection.query("CREATE TABLE t (n int8)")
      await #expect(throws: Refusal()) {
        try await connection.copyIn("COPY t FROM STDIN") { writer in
          try await writer.write("1\n")
          throw Refusal()
        }
      }
      #expect(try await connection.query("SELECT * FROM t").isEmpty)
    }
  }

  @Test("with a bad row reports it and keeps nothing")
  func reportsBadRows() async throws {
    try await withTestConnection { connection in
      try await connection.query("CREATE TABLE t (n int8)")
      let error = await #expect(throws: PostgresError.self) {
        try await connection.copyIn("COPY t FROM STDIN") { writer in
          for _ in 1...100_000 { try await writer.write("1\nx\n") }
        }
      }
      #expect(error?.sqlState?.rawValue == "22P02")
      #expect(error?.report.context?.contains("line 2") == true)
      #expect(try await connection.query("SELECT * FROM t").isEmpty)
    }
  }

  @Test("out that is dropped half-way is cancelled, and the connection goes on")
  func isAbandoned() async throws {
    try await withTestConnection { connection in
      let copy = try connection.copyOut(
        "COPY (SELECT generate_series(1, 100000000000)) TO STDOUT")
      for try await _ in copy { break }
      #expect(try await connection.query("SELECT 1").count == 1)
    }
  }

  @Test("out that fails half-way throws, and the connection goes on")
  func failsHalfWay() async throws {
    try await withTestConnection { connection in
      let copy = try connection.copyOut(
        "COPY (SELECT 1 / (90000 - n) FROM generate_series(1, 100000) n) TO STDOUT")
      let error = await #expect(throws: PostgresError.self) { for try await _ in copy {} }
      #expect(error?.sqlState?.rawValue == "22012")
      let after = try await connection.query("SELECT 1")
      #expect(after.count == 1)
    }
  }

  @Test("takes constants in its text, and no bound values")
  func takesLiterals() async throws {
    try await withTestConnection { connection in
      let odd = #"it's a \ "quote""#
      #expect(throws: PostgresError.self) {
        try connection.copyOut("COPY (SELECT \(odd)) TO STDOUT")
      }
      var bytes: [UInt8] = []
      for try await chunk in try connection.copyOut(
        "COPY (SELECT \(literal: odd)) TO STDOUT (FORMAT csv, QUOTE '~')")
      {
        bytes += chunk
      }
      #expect(String(decoding: bytes, as: UTF8.self) == odd + "\n")
    }
  }

  @Test("sent as a plain query is refused, and the connection goes on")
  func refusesPlainQueries() async throws {
    try await withTestConnection { connection in
      try await connection.query("CREATE TABLE t (n int8)")
      for sql: PostgresQuery in ["COPY t FROM STDIN", "COPY t TO STDOUT"] {
        let error = await #expect(throws: PostgresError.self) { try await connection.query(sql) }
        #expect(error?.kind == .misuse)
      }
      let select = await #expect(throws: PostgresError.self) {
        try await connection.copyIn("SELECT 1") { _ in }
      }
      #expect(select?.kind == .misuse)
      let wrongWay = await #expect(throws: PostgresError.self) {
        for try await _ in try connection.copyOut("COPY t FROM STDIN") {}
      }
      #expect(wrongWay?.kind == .misuse)
      #expect(try await connection.query("SELECT 1").count == 1)
    }
  }
}
