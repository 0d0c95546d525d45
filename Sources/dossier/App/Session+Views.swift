import Casebook
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
          terminal.note(
            "\(projection.name) stands at @\(position): carrying it on takes write access; --wait "
              + "waits for whoever keeps it")
        }
        reached = min(reached, position)
      }
    }
    guard reached < asked.position else { return (views, asked) }
    return (views, try await store.log.resolve(.position(reached), of: store.casebookID))
  }
}

// MARK: Lists across cases

extension Session {
  /// The rows of a list: of the one case named, or of all.
  ///
  /// A case is short and always folded. Of all cases the views tell, where everybody is heard and they have come, or can
  /// be carried, as far as is asked. What they cannot tell is folded from the log, one case at a time: what some voices
  /// say, or what is asked by somebody who may not carry them on.
  ///
  /// `folding` gives the rows of a case as it was folded, `ground` those of the casebook and its sources that come after
  /// all cases, and `stored` those that the views have at a position. The first of the views folds the streams that the
  /// answer tells of, and knows which of them stand still.
  func list<Row>(
    only slug: String? = nil, _ projections: [any Projection.Type], _ read: ReadOptions,
    _ options: ViewOptions, folding: (View, Case) throws -> [Row],
    ground: (View) -> [Row] = { _ in [] },
    stored: (ViewStore, Int64) async throws -> [Row]
  ) async throws -> (view: View, rows: [Row]) {
    if let slug {
      let (view, file) = try await caseFile(Slug(slug), read)
      return (view, try folding(view, file))
    }
    return try await list(projections, read, options) { store, basis, voices in
      var rows: [Row] = []
      let view = try await store.forEachCase(at: basis, voices) { rows += try folding($0, $1) }
      return (view, rows + ground(view))
    } stored: {
      try await stored($0, $1)
    }
  }

  /// The same where `folded` folds what is asked for by itself.
  func list<Row>(
    _ projections: [any Projection.Type], _ read: ReadOptions, _ options: ViewOptions,
    folded: (CasebookStore, Basis, VoiceSelection) async throws -> (View, [Row]),
    stored: (ViewStore, Int64) async throws -> [Row]
  ) async throws -> (view: View, rows: [Row]) {
    let store = try await casebook()
    let reading = try read.reading(self)
    let basis = try await store.log.resolve(reading.asOf, of: store.casebookID)
    let views = ViewStore(store.log, casebook: store.casebookID)
    let answer: (view: View, rows: [Row])
    if reading.voices.isAll,
      let reached = try await views.reach(basis.position, projections, options)
    {
      let there =
        reached == basis.position
        ? basis : try await store.log.resolve(.position(reached), of: store.casebookID)
      var view = try await store.view(of: [], at: there)
      if let first = projections.first {
        view.add(stopped: try await views.faults(of: first, at: reached).map(\.stopped))
      }
      answer = (view, try await stored(views, reached))
    } else {
      answer = try await folded(store, basis, reading.voices)
    }
    noteFuture(answer.view)
    return answer
  }
}

extension ViewStore {
  /// The position at which all these views answer what was asked of one; nil when they cannot.
  fileprivate func reach(
    _ position: Int64, _ projections: [any Projection.Type], _ options: ViewOptions
  ) async throws -> Int64? {
    var reached = position
    for projection in projections {
      if options.wait {
        try await wait(for: projection, toReach: position)
      } else if options.staleOk {
        guard let built = try await activeGeneration(of: projection),
          built.viewVersion == projection.version
        else { return nil }
        reached = min(reached, built.position)
      } else if try await !reaches(position, projection) {
        return nil
      }
    }
    return reached
  }
}
