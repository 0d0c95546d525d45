import PostgresClient
import TestSupport
import Testing

@Suite("An error")
struct ErrorTests {
  @Test("carries what the server said, the statement and the place of the call, but no value")
  func carriesEverything() async throws {
    try await withTestConnection { connection in
      try await connection.query("CREATE TABLE person (slug text CONSTRAINT person_key UNIQUE)")
      try await connection.query("INSERT INTO person VALUES (\("gouzenko"))")
      var line: UInt = 0
      func insertAgain() async throws {
        line = #line + 1
        try await connection.query("INSERT INTO person VALUES (\("gouzenko"))")
      }
      let thrown = await #expect(throws: PostgresError.self) { try await insertAgain() }
      let error = try #require(thrown)
      #expect(error.kind == .server)
      #expect(error.sqlState == .uniqueViolation)
      #expect(error.sqlState?.category == "23")
      #expect(error.constraint == "person_key")
      #expect(error.table == "person")
      #expect(error.report.schema == "public")
      #expect(error.detail == "Key (slug)=(gouzenko) already exists.")
      #expect(error.query == "INSERT INTO person VALUES ($1)")
      #expect(error.line == line)
      #expect("\(error.file)".hasSuffix("ErrorTests.swift"))
      #expect(!error.isConnectionFailure)
    }
  }

  @Test("raised by a function carries its own code, detail and hint")
  func carriesRaised() async throws {
    try await withTestConnection { connection in
      let thrown = await #expect(throws: PostgresError.self) {
        try await connection.execute(
          script: """
            DO $$ BEGIN RAISE EXCEPTION 'version conflict' USING
              ERRCODE = 'DS001', DETAIL = '{"expected": 3}', HINT = 'read again'; END $$
            """)
      }
      let error = try #require(thrown)
      #expect(error.sqlState?.rawValue == "DS001")
      #expect(error.message == "version conflict")
      #expect(error.detail == #"{"expected": 3}"#)
      #expect(error.hint == "read again")
    }
  }

  @Test("about a refused log-in carries its code and names the database")
  func carriesLoginCode() async throws {
    try await withTestDatabase { configuration in
      var missing = configuration
      missing.database = "no_such_database"
      let error = await #expect(throws: PostgresError.self) {
        try await PostgresConnection.connect(missing)
      }
      #expect(error?.kind == .connectionFailed)
      #expect(error?.sqlState == .invalidCatalogName)
      #expect(error?.message.contains("database \"no_such_database\" does not exist") == true)
      #expect(error?.message.contains("LOCATION") == false)

      var stranger = configuration
      stranger.user = "nobody_at_all"
      let refused = await #expect(throws: PostgresError.self) {
        try await PostgresConnection.connect(stranger)
      }
      #expect(refused?.sqlState?.category == "28")
    }
  }

  @Test("about another transaction in the way says that trying again may help")
  func tellsTransientApart() async throws {
    try await withTestDatabase { configuration in
      var impatient = configuration
      impatient.sessionParameters = ["lock_timeout": "1ms", "dossier.note": "two words\\"]
      let holder = try await PostgresConnection.connect(configuration)
      let connection = try await PostgresConnection.connect(impatient)
      let name = try await connection.query("SELECT current_setting('dossier.note')")
      #expect(try name[0][0] as String == "two words\\")
      try await holder.query("CREATE TABLE t (n int8)")
      try await holder.transaction { holder in
        try await holder.query("LOCK TABLE t")
        let error = await #expect(throws: PostgresError.self) {
          try await connection.query("SELECT * FROM t")
        }
        #expect(error?.sqlState == .lockNotAvailable)
        #expect(error?.isTransient == true)
      }
      let serious = await #expect(throws: PostgresError.self) {
        try await connection.query("SELECT 1/0")
      }
      #expect(serious?.isTransient == false)
      await holder.close()
      await connection.close()
    }
  }

  @Test("about a connection string names what cannot be read, and never shows a password")
  func explainsConfiguration() throws {
    let error = #expect(throws: PostgresError.self) { try PostgresConfiguration("hots=x") }
    #expect(error?.kind == .configuration)
    #expect(error?.message.contains("hots") == true)
    let configuration = try PostgresConfiguration("postgresql://me:secret@example.org:5433/book")
    #expect(configuration.host == "example.org")
    #expect(configuration.user == "me")
    #expect(configuration.database == "book")
    #expect("\(configuration)" == "dbname=book host=example.org port=5433 user=me")
  }

  @Test("about a server that is not there says where it was looked for")
  func namesTheMissingServer() async throws {
    let nowhere = PostgresConfiguration(keywords: [
      "host": "/tmp/dossier-no-such-folder", "port": "5499", "dbname": "x",
    ])
    let error = await #expect(throws: PostgresError.self) {
      try await PostgresConnection.connect(nowhere)
    }
    #expect(error?.kind == .connectionFailed)
    #expect(error?.sqlState == nil)
    #expect(error?.message.contains("/tmp/dossier-no-such-folder port 5499") == true)
    #expect(error?.message.contains("No such file") == true)
  }
}
