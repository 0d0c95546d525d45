import Casebook
import CasebookStore
import EventLog
import PostgresClient
import StrictJSON
import TestSupport
import Testing

@Suite("A storm", .timeLimit(.minutes(30))) struct StormTests {
  private static let views = [
    "case_view", "claim_view", "citation_view", "annotation_view", "source_view", "timeline_view",
    "audit_view", "search_view",
  ]
  private static let lists = [
    "case list", "claim list --withdrawn", "annotation list", "timeline", "audit",
  ]

  @Test(
    "Three write, rebuilds and followers are killed at any message: then every view is the fold of the log, and every list the same from views and from the log"
  )
  func storm() async throws {
    let seed: UInt64 = 11
    try await withCasebook { database, desk in
      let others = [
        try await database.join(desk, as: "boris"), try await database.join(desk, as: "clara"),
      ]
      try await Sandbox.make(desk.configuration) { office in
        let building = try FaultProxy(to: desk.configuration)
        let following = try FaultProxy(to: desk.configuration)
        // What is not there a follower would build itself, and no rebuild could.
        try await office.done("projection rebuild --all")
        try await withThrowingTaskGroup(of: Void.self) { group in
          for (number, writer) in ([desk] + others).enumerated() {
            group.addTask { try await Self.write(seed &+ UInt64(number), at: writer) }
          }
          group.addTask {
            var random = SeededGenerator(seed: seed)
            for round in 0..<8 {
              // The last of all is left alone, and so are those that have done before their time comes.
              let count = round == 7 ? .max : Int.random(in: 5...90, using: &random)
              building.killClient(random.pick(Self.moments), atMessage: count)
              let line = ["projection", "rebuild", random.pick(Self.views), "--workers", "2"]
              let ended = try await office.run(line, with: Self.through(building))
              #expect(ended.status == 0 || ended.status == -9 && round < 7, "\(ended.errors)")
            }
          }
          group.addTask {
            var random = SeededGenerator(seed: ~seed)
            for _ in 0..<3 {
              following.killClient(
                random.pick(Self.moments), atMessage: Int.random(in: 100...300, using: &random))
              let line = ["projection", "follow", "--interval", "0.05"]
              let ended = try await office.run(line, with: Self.through(following))
              #expect(ended.status == -9, "\(ended.errors)")
            }
          }
          try await group.waitForAll()
        }
        building.close()
        following.close()

        let followed = try await office.interrupt(["projection", "follow"]) {
          while try await office.behind() {}
        }
        #expect(followed.status == 0, "\(followed.errors)")
        try await office.done("projection check")
        try await Self.expectSameAnswers(office, seed)
      }
      for desk in others { await desk.leave() }
    }
  }

  private static let moments = [FaultProxy.Moment.beforeServerSees, .afterServerAnswered]

  private static func through(_ proxy: FaultProxy) -> [String: String] {
    ["DATABASE_URL": proxy.configuration.description]
  }

  /// Appends so much; what somebody else was faster with is left.
  private static func write(_ seed: UInt64, at desk: Desk) async throws {
    var work = try RandomWork(seed: seed)
    var done = 0
    while done < 40 {
      do {
        if try await work.step(desk.store) != nil { done += 1 }
      } catch EventLogError.versionConflict {
        continue
      }
    }
  }

  /// Asks the same of several positions: of the views as they were followed, of views built anew, and of the log.
  private static func expectSameAnswers(_ office: Sandbox, _ seed: UInt64) async throws {
    let head = try await office.head()
    let lines = [head / 2, head - 3].flatMap { position in
      lists.map { "\($0) --format json --as-of @\(position)" }
    }
    func answers(_ lines: [String]) async throws -> [String] {
      var answers: [String] = []
      for line in lines { answers.append(try await office.done(line).output) }
      return answers
    }
    let followed = try await answers(lines)
    try await office.done("projection rebuild --all")
    let rebuilt = try await answers(lines)
    try await office.done("projection drop --all")
    let folded = try await answers(lines)
    for (line, all) in zip(lines, zip(followed, zip(rebuilt, folded))) {
      #expect(all.0 == all.1.0 && all.0 == all.1.1, "seed \(seed): \(line)")
    }
  }
}

extension Sandbox {
  /// Whether a view has not come to the end of the log.
  fileprivate func behind() async throws -> Bool {
    try await json("projection status")["views"]?.arrayValue?
      .contains { $0["state"] != "current" } ?? true
  }
}
