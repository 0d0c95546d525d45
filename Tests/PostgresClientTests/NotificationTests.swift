import PostgresClient
import TestSupport
import Testing

@Suite("A notification")
struct NotificationTests {
  @Test("reaches the connection that listens, with channel and payload")
  func arrives() async throws {
    try await withTestDatabase { configuration in
      let listener = try await PostgresConnection.connect(configuration)
      let sender = try await PostgresConnection.connect(configuration)
      try await listener.listen("Odd \"channel\"")
      try await sender.query("SELECT pg_notify(\("Odd \"channel\""), \("42"))")
      let notification = try await listener.nextNotification()
      #expect(notification?.channel == "Odd \"channel\"")
      #expect(notification?.payload == "42")
      let process = await sender.serverProcessID
      #expect(notification?.processID == process)
      await listener.close()
      await sender.close()
    }
  }

  @Test("comes only with the commit of the transaction that sent it")
  func comesWithCommit() async throws {
    try await withTestDatabase { configuration in
      let listener = try await PostgresConnection.connect(configuration)
      let sender = try await PostgresConnection.connect(configuration)
      try await listener.listen("log")
      try await sender.transaction { sender in
        try await sender.query("SELECT pg_notify('log', '1')")
        let early = try await listener.nextNotification(within: .zero)
        #expect(early == nil)
      }
      #expect(try await listener.nextNotification()?.payload == "1")
      await listener.close()
      await sender.close()
    }
  }

  @Test("that arrives between other statements is kept")
  func isKept() async throws {
    try await withTestConnection { connection in
      try await connection.listen("log")
      for n in 1...3 { try await connection.query("SELECT pg_notify('log', \("\(n)"))") }
      var payloads: [String] = []
      for _ in 1...3 {
        if let one = try await connection.nextNotification() { payloads.append(one.payload) }
      }
      #expect(payloads == ["1", "2", "3"])
      try await connection.unlisten("log")
      try await connection.query("SELECT pg_notify('log', 'x')")
      #expect(try await connection.nextNotification(within: .zero) == nil)
    }
  }
}

@Suite("A subscription")
struct SubscriptionTests {
  @Test("begins with a look for what was missed, then wakes on each notification")
  func wakes() async throws {
    try await withTestDatabase { configuration in
      let sender = try await PostgresConnection.connect(configuration)
      var wakeUps = PostgresSubscription(configuration, channels: ["a", "b"]).makeAsyncIterator()
      #expect(try await wakeUps.next() == .maybeMissed)
      let process = await sender.serverProcessID
      for channel in ["a", "b"] {
        try await sender.query("SELECT pg_notify(\(channel), 'x')")
        let expected = PostgresNotification(channel: channel, payload: "x", processID: process)
        #expect(try await wakeUps.next() == .notification(expected))
      }
      await sender.close()
    }
  }

  @Test("asks its reader to poll when nothing comes")
  func polls() async throws {
    try await withTestDatabase { configuration in
      let subscription = PostgresSubscription(
        configuration, channels: ["a"], quietAfter: .milliseconds(1))
      var wakeUps = subscription.makeAsyncIterator()
      var received: [PostgresWakeUp?] = []
      for _ in 1...3 { received.append(try await wakeUps.next()) }
      #expect(received == [.maybeMissed, .quiet, .quiet])
    }
  }

  @Test("listens again when its session is ended, and says so")
  func survivesTermination() async throws {
    try await withTestDatabase { configuration in
      let other = try await PostgresConnection.connect(configuration)
      var wakeUps = PostgresSubscription(configuration, channels: ["a"]).makeAsyncIterator()
      #expect(try await wakeUps.next() == .maybeMissed)
      try await other.query(
        """
        SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
        """)
      #expect(try await wakeUps.next() == .maybeMissed)
      try await other.query("SELECT pg_notify('a', 'again')")
      guard case .notification(let notification) = try await wakeUps.next() else {
        Issue.record("no notification")
        return
      }
      #expect(notification.payload == "again")
      await other.close()
    }
  }

  @Test("fails at once when it cannot connect the first time")
  func failsAtOnce() async throws {
    let nowhere = PostgresConfiguration(keywords: ["host": "/tmp/dossier-no-such-folder"])
    var wakeUps = PostgresSubscription(nowhere, channels: ["a"]).makeAsyncIterator()
    await #expect(throws: PostgresError.self) { try await wakeUps.next() }
  }
}
