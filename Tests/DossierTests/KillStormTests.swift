import Casebook
import CasebookStore
import EventLog
import FoundationEssentials
import PostgresClient
import StrictJSON
import TestSupport
import Testing

@Suite("A storm of kills", .timeLimit(.minutes(30)))
struct KillStormTests {
  /// What somebody was told of a request.
  private struct Acknowledgement: Hashable {
    let text: String
    let position: Int
  }

  private static let requestsEach = 16

  @Test(
    "Commands are killed while they append, sessions ended and the server stopped at once: what was acknowledged is there once"
  )
  func storm() async throws {
    // What the server has given to the kernel outlives every fault but a power cut.
    try await withPrivateServer(settings: ["fsync = off"]) { server in
      let database = TestDatabase(server.configuration)
      try await database.asSuperuser { _ = try await Migrator().migrate($0) }
      let desk = try await database.casebook("notes", by: "chief")
      try await desk.perform(
        OpenCase(CaseContent(slug: try Slug("anna"), kind: .person, name: nil)))
      let writers = [
        try await database.join(desk, as: "boris"), try await database.join(desk, as: "clara"),
        try await database.join(desk, as: "dora"),
      ]
      let weather = Weather(server, every: 6)
      try await Sandbox.make(desk.configuration) { office in
        let told = try await withThrowingTaskGroup(of: [Acknowledgement].self) { group in
          for writer in writers {
            group.addTask { try await Self.write(writer.configuration, office, weather) }
          }
          return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(await weather.faults == writers.count * Self.requestsEach / 6)
        #expect(told.count == writers.count * Self.requestsEach)

        let events =
          try await office.json("log show @1..@\(office.head())")["events"]?.arrayValue ?? []
        let found = events.filter { $0["type"] == "annotation.added" }.map { event in
          Acknowledgement(
            text: event["data"]?["text"]?.stringValue ?? "",
            position: event["position"]?.integerValue ?? 0)
        }
        #expect(found.count == told.count && Set(found) == Set(told))
        try await office.done("log verify")
      }
      for desk in writers + [desk] { await desk.leave() }
    }
  }

  /// Makes requests, each repeated with its identity until it is acknowledged. Every other time the command is killed as
  /// it appends: in turn before the server sees what it sends, and once the server has done it.
  private static func write(
    _ configuration: PostgresConfiguration, _ office: Sandbox, _ weather: Weather
  ) async throws -> [Acknowledgement] {
    let proxy = try FaultProxy(to: configuration)
    defer { proxy.close() }
    let line = ["DATABASE_URL": proxy.configuration.description]
    var told: [Acknowledgement] = []
    var kills = 0
    for number in 1...requestsEach {
      let text = "\(configuration.user ?? ""), number \(number);"
      switch number % 4 {
      case 1: proxy.killClient(.beforeServerSees, whenItSends: text)
      case 3: proxy.killClient(.afterServerAnswered, whenItSends: text)
      default: break
      }
      let words = ["annotate", "anna", text, "--request-id", UUID().uuidString, "--format", "json"]
      var outcome = try await office.run(words, with: line)
      while outcome.status != 0 {
        kills += outcome.status == -9 ? 1 : 0
        // Killed, without a server, or in the way of others.
        try #require([-9, 69, 75].contains(outcome.status), "\(text) \(outcome.errors)")
        try await weather.settle()
        outcome = try await office.run(words, with: line)
      }
      let position = try #require(try outcome.json["firstPosition"]?.integerValue)
      told.append(Acknowledgement(text: text, position: position))
      try await weather.acknowledge()
    }
    #expect(kills == requestsEach / 2)
    return told
  }
}
