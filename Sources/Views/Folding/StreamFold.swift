import Casebook
import CasebookStore
import EventLog

/// Folds one stream into the rows of one view, each with the stretch of the log for which it is true.
///
/// At an event that cannot be read or applied the stream stands still: its rows stay as they are until that event is set
/// aside, from where on they are what the fold without it leaves.
struct StreamFold {
  /// A row that is true now.
  private struct OpenRow {
    let from: Int64
    let row: ViewRow
  }

  private let projection: any Projection.Type
  /// What changes is told only after this position; what comes before is stored already.
  private let since: Int64
  /// What will be set aside, in the order of the log.
  private var pending: ArraySlice<Voidings.Voiding>
  private var setAside: Set<Int64> = []
  private var state = CasebookState()
  private var open: [Int: [OpenRow]] = [:]
  private var stop: Stop?
  /// The stream so far, kept only where something in it will be set aside.
  private var past: [RecordedEvent] = []
  private let keepsPast: Bool

  /// Begins a stream, whose events up to `target` will be applied in order. What is stored already ends at `since`;
  /// `voidings` are those of the stream, by events after `target` too.
  init(
    _ projection: any Projection.Type, since: Int64, target: Int64, voidings: [Voidings.Voiding]
  ) {
    self.projection = projection
    self.since = since
    pending = voidings.filter { $0.at <= target }[...]
    keepsPast = !pending.isEmpty
  }

  /// Applies the next event and hands on the rows that end with it; `stops` takes where the stream stands still.
  mutating func apply(
    _ event: RecordedEvent, _ hand: (Stretch) -> Void, _ stops: (Stop) -> Void
  ) {
    setAside(before: event.position, hand, stops)
    if keepsPast { past.append(event) }
    fold(event, hand)
  }

  /// Ends the stream and hands on what is current.
  mutating func finish(_ hand: (Stretch) -> Void, _ stops: (Stop) -> Void) {
    setAside(before: .max, hand, stops)
    for rows in open.values {
      for row in rows where row.from > since {
        hand(Stretch(from: row.from, to: nil, row: row.row))
      }
    }
    open = [:]
    if let stop, stop.from > since { stops(stop) }
    stop = nil
  }

  // MARK: One event

  private mutating func fold(_ event: RecordedEvent, _ hand: (Stretch) -> Void) {
    guard let step = step(event) else { return }
    for item in projection.items(touchedBy: step) {
      replace(item, with: projection.rows(of: item, after: step), at: event.position, hand)
    }
  }

  /// Folds an event; nil when it is passed over or the stream stands still.
  private mutating func step(_ event: RecordedEvent) -> Step? {
    guard stop == nil else { return nil }
    let isVoided = setAside.contains(event.position)
    var before: CasebookState?
    do throws(EvolveError) {
      let fact: Fact?
      if isVoided {
        fact = try? Fact(event)
        if projection.comparesStates { before = fact.map(state.part) }
        skip(event, reserving: event.localReference)
      } else {
        let read = try Fact(event)
        fact = read
        if projection.comparesStates { before = state.part(of: read) }
        try state.evolve(read)
      }
      guard let stream = event.address else { return nil }
      return Step(
        event: event, stream: stream, fact: fact, isVoided: isVoided, before: before, after: state)
    } catch {
      // What should set another event aside stops nothing: it could not be set aside itself.
      if event.isVoid {
        skip(event, reserving: nil)
      } else {
        stop = Stop(event, because: error.message)
      }
      return nil
    }
  }

  private mutating func skip(_ event: RecordedEvent, reserving reference: String?) {
    guard let stream = event.address else { return }
    state.skip(stream, version: event.streamVersion, reference: reference)
  }

  // MARK: Rows

  private mutating func replace(
    _ item: Int, with rows: [ViewRow], at position: Int64, _ hand: (Stretch) -> Void
  ) {
    let old = open[item] ?? []
    if rows.count == old.count, zip(rows, old).allSatisfy({ $0 == $1.row }) { return }
    var now: [OpenRow] = []
    for row in old where !rows.contains(row.row) && row.from < position {
      // What began before is stored already, and told only when it ends.
      if position > since { hand(Stretch(from: row.from, to: position, row: row.row)) }
    }
    for row in rows {
      now.append(OpenRow(from: old.first { $0.row == row }?.from ?? position, row: row))
    }
    open[item] = now.isEmpty ? nil : now
  }

  // MARK: Setting aside

  /// Takes back the events that are set aside before a position: their stream is folded anew without them, and what
  /// differs ends there.
  private mutating func setAside(
    before position: Int64, _ hand: (Stretch) -> Void, _ stops: (Stop) -> Void
  ) {
    while let next = pending.first, next.at <= position {
      pending.removeFirst()
      setAside.insert(next.position)
      guard !past.isEmpty else { continue }
      var anew = StreamFold(projection, since: 0, target: 0, voidings: [])
      anew.setAside = setAside
      for event in past { anew.fold(event, { _ in }) }
      state = anew.state
      for item in Set(open.keys).union(anew.open.keys) {
        replace(item, with: anew.open[item]?.map(\.row) ?? [], at: next.at, hand)
      }
      replaceStop(with: anew.stop, at: next.at, stops)
    }
  }

  private mutating func replaceStop(
    with new: Stop?, at position: Int64, _ stops: (Stop) -> Void
  ) {
    if let stop, stop.stopped == new?.stopped { return }
    if let stop, stop.from < position, position > since {
      stops(stop.stretch(from: stop.from, to: position))
    }
    stop = new?.stretch(from: position)
  }
}
