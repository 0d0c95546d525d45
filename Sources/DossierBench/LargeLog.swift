import EventLog
import PostgresClient

/// A casebook of a given length in which one case lies scattered among all the others.
struct LargeLog {
  /// The least that the case, the vocabulary and the sources can be scattered over.
  static let smallest = 1_000
  /// The case that lies scattered.
  static let scattered = "scattered"

  private static let batchSize = 2_000

  /// The casebook.
  let casebook: SampleCasebook
  private let cases: Int

  /// Fills a casebook up to so many events, through the log itself.
  init(events: Int, in log: EventLog) async throws {
    casebook = try await SampleCasebook("book", in: log)
    let caseLength = SampleCasebook.claimsPerCase + 1
    let first = 1 + SampleCasebook.predicates + SampleCasebook.sources
    let step = (events - first) / caseLength
    var others = 0
    for start in stride(from: first, to: events, by: Self.batchSize) {
      var batch: [NewEvent] = []
      for number in start..<min(start + Self.batchSize, events) {
        let (claim, rest) = (number - first).quotientAndRemainder(dividingBy: step)
        if rest == 0, claim < caseLength {
          batch.append(try SampleCasebook.caseEvent(Self.scattered, number: claim))
        } else {
          batch.append(
            try SampleCasebook.caseEvent(
              "case-\(others / caseLength)", number: others % caseLength))
          others += 1
        }
      }
      _ = try await casebook.append(batch)
    }
    cases = others / caseLength
  }

  /// Adds a count of all the other cases that a source states.
  func countCases() async throws {
    let events = try casebook.tabulation(of: (0..<cases).map { "case-\($0)" })
    for start in stride(from: 0, to: events.count, by: Self.batchSize) {
      _ = try await casebook.append(
        Array(events[start..<min(start + Self.batchSize, events.count)]))
    }
  }
}
