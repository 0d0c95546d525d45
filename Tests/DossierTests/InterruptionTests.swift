import PostgresClient
import Subprocess
import TestSupport
import Testing

@Suite("Interrupted")
struct InterruptionTests {
  @Test(
    "while a request is on its way it says how to repeat it, and ends as a shell expects",
    arguments: [(2, 130), (15, 143)] as [(Int32, Int32)])
  func sent(_ signal: Int32, _ status: Int32) async throws {
    try await withTestDatabase(.office) { configuration in
      let proxy = try FaultProxy(to: configuration.of(.admin))
      defer { proxy.close() }
      try await Sandbox.make(configuration.of(.admin)) { office in
        let head = try await office.head()
        proxy.fallSilent(.afterServerAnswered, whenClientSends: "said-too-late")

        let outcome = try await office.interrupt(
          ["annotate", "gouzenko", "said-too-late"], by: signal == 2 ? .interrupt : .terminate,
          with: ["DATABASE_URL": proxy.configuration.description]
        ) { await proxy.waitUntilSilent() }

        #expect(outcome.status == status)
        #expect(outcome.output.isEmpty)
        let again = try #require(
          outcome.errors.firstMatch(of: #/--request-id [0-9a-f-]{36}/#)?.output,
          "\(outcome.errors)")
        let repeated = try await office.done("annotate gouzenko said-too-late \(again)")
        #expect(repeated.output.hasPrefix("already recorded"))
        #expect(try await office.head() == head + 1)
      }
    }
  }

  @Test("before anything is sent it says nothing and ends as a shell expects")
  func reading() async throws {
    try await withTestDatabase(.office) { configuration in
      let proxy = try FaultProxy(to: configuration.of(.admin))
      defer { proxy.close() }
      try await Sandbox.make(configuration.of(.admin)) { office in
        proxy.fallSilent(.beforeServerSees, whenClientSends: "dossier.event")
        let outcome = try await office.interrupt(
          ["case", "show", "gouzenko"], by: .terminate,
          with: ["DATABASE_URL": proxy.configuration.description]
        ) { await proxy.waitUntilSilent() }
        #expect(outcome.status == 143)
        #expect(outcome.output.isEmpty && outcome.errors.isEmpty)
      }
    }
  }
}
