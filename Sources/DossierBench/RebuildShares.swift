import Casebook
import CasebookStore
import EventLog
import Views

/// Where the time of a rebuild by one worker goes, as shares of the whole.
///
/// Reading, decoding and folding are measured by passes over the log that do only so much; what is left of the time
/// that slices take is that of writing their rows.
struct RebuildShares: Benchmark {
  private let log: RebuildLog

  init(_ log: RebuildLog) { self.log = log }

  var name: String { "shares of a rebuild of claim_view, \(log.events) events" }

  func measure() async throws -> [Measurement] {
    let views = try await log.filled().views
    let reading = try await Contest.seconds {
      for try await _ in Self.events(views) {}
    }
    let decoding = try await Contest.seconds {
      for try await event in Self.events(views) { _ = try Fact(event) }
    }
    let folding = try await Contest.seconds { try await Self.fold(views) }
    let phases = Phases()
    let whole = try await Contest.seconds {
      _ = try await Rebuild(views, of: ClaimView.self, workers: 1).run { phases.enter($0) }
    }
    phases.end()
    let parts = [
      ("reading", reading), ("decoding", decoding - reading), ("folding", folding - decoding),
      ("writing", phases.seconds(of: .folding) - folding),
      ("comparing", phases.seconds(of: .comparing)), ("dropping", phases.seconds(of: .dropping)),
    ]
    return parts.map { part, seconds in
      Measurement(
        name: "rebuild of claim_view, \(log.events) events, workers: 1: \(part)", value: seconds,
        baseline: whole, target: nil, unit: "s")
    }
  }

  private static func events(_ views: ViewStore) -> EventStream {
    views.log.caseEvents(of: views.casebook, upTo: .max)
  }

  private static func fold(_ views: ViewStore) async throws {
    let voidings = try await Voidings(views.log, views.casebook)
    var tuples: [UInt8] = []
    try await views.fold(
      ClaimView.self, events(views), voidings, since: 0, target: .max,
      {
        $0.write(to: &tuples, columns: ClaimView.columns.count)
        if tuples.count >= 64 * 1024 { tuples.removeAll(keepingCapacity: true) }
      }, stops: { _ in })
  }
}
