import Views

/// Single appends while the claims' view of their casebook is rebuilt by one worker, against the same in quiet.
struct DisturbanceBenchmark: Benchmark {
  /// How many events are appended in a turn.
  private static let eventsPerTurn = 400

  private let log: RebuildLog

  init(_ log: RebuildLog) { self.log = log }

  var name: String { "appends during a rebuild of claim_view, \(log.events) events" }

  func measure() async throws -> [Measurement] {
    let filled = try await log.filled()
    let casebook = filled.casebook
    let quiet = try await Self.append(to: casebook, 1)
    let rebuilding = Task {
      while !Task.isCancelled {
        _ = try? await Rebuild(filled.views, of: ClaimView.self, workers: 1).run { _ in }
      }
    }
    let disturbed = try await Self.append(to: casebook, 2)
    rebuilding.cancel()
    await rebuilding.value
    let events = Double(Self.eventsPerTurn)
    return [
      Measurement(
        name: name, value: events / disturbed, baseline: events / quiet, target: .atLeast(0.5),
        unit: "events/s")
    ]
  }

  /// How long a turn takes, in seconds.
  private static func append(to casebook: SampleCasebook, _ turn: Int) async throws -> Double {
    let length = SampleCasebook.claimsPerCase + 1
    let events = try (0..<eventsPerTurn).map { number in
      try SampleCasebook.caseEvent("late-\(turn)-\(number / length)", number: number % length)
    }
    return try await Contest.seconds {
      for event in events { _ = try await casebook.append([event]) }
    }
  }
}
