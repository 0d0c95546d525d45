import CasebookStore
import EventLog
import Views

extension Session {
  /// The views of a casebook, and the prefix on which all of these can answer: the one asked for, to which they are
  /// carried on first, or the last one that they have reached. What differs from what was asked is said on standard
  /// error.
  func views(
    _ projections: [any Projection.Type], for asked: Basis, _ options: ViewOptions? = nil,
    of store: CasebookStore
  ) async throws -> (views: ViewStore, basis: Basis) {
    let views = ViewStore(store.log, casebook: store.casebookID)
    var reached = asked.position
    for projection in projections {
      let building = { terminal.note("\(projection.name) is built first") }
      if options?.wait == true {
        try await views.wait(for: projection, toReach: asked.position)
      } else if options?.staleOk == true {
        reached = min(reached, try await views.built(projection, building).position)
      } else {
        let position = try await views.prepare(projection, for: asked.position, building: building)
        if position < asked.position {
          let reason =
            try await views.fault(of: projection).map { "an event stops it: \($0)" }
            ?? "carrying it on takes write access; --wait waits for whoever keeps it"
          terminal.note("\(projection.name) stands at @\(position). \(reason)")
        }
        reached = min(reached, position)
      }
    }
    guard reached < asked.position else { return (views, asked) }
    return (views, try await store.log.resolve(.position(reached), of: store.casebookID))
  }
}
