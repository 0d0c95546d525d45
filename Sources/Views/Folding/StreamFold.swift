import Casebook
import CasebookStore
import EventLog

/// Folds one stream into the rows of one view, each with the stretch of the log for which it is true.
struct StreamFold {
  /// A row that is true now.
  private struct OpenRow {
    let from: Int64
    let row: ViewRow
  }

  private let projection: any Projection.Type
  /// Rows are told only where they change after this position; those before are stored already.
  private let since: Int64
  private let target: Int64
  /// What will be set aside, in the order of the log.
  private var pending: ArraySlice<Voidings.Voiding>
  /// Events that may be passed over when they cannot be applied.
  private var pardoned: Set<Int64>
  private var setAside: Set<Int64> = []
  private var state = CasebookState()
  private var open: [Int: [OpenRow]] = [:]
  /// The stream so far, kept only where something in it will be set aside.
  private var past: [RecordedEvent] = []

  /// Begins a stream, whose events up to `target` will be applied in order. What is stored already ends at `since`;
  /// `voidings` are those of the stream, by events after `target` too.
  init(
    _ projection: any Projection.Type, since: Int64, target: Int64, voidings: [Voidings.Voiding]
  ) {
    self.projection = projection
    self.since = since
    self.target = target
    pardoned = Set(voidings.map(\.position))
    pending = voidings.filter { $0.at <= target }[...]
  }

  /// Applies the next event and hands on the rows that end with it.
  ///
  /// - Throws: `EvolveError` when it cannot be applied and nothing sets it aside.
  mutating func apply(
    _ event: RecordedEvent, _ hand: (Stretch) -> Void
  ) throws(EvolveError) {
    try setAside(before: event.position, hand)
    if !pardoned.isEmpty { past.append(event) }
    guard let step = try step(event) else { return }
    for item in projection.items(touchedBy: step) {
      replace(item, with: projection.rows(of: item, after: step), at: event.position, hand)
    }
  }

  /// Ends the stream and hands on the rows that are current.
  mutating func finish(_ hand: (Stretch) -> Void) throws(EvolveError) {
    try setAside(before: .max, hand)
    for rows in open.values {
      for row in rows where row.from > since {
        hand(Stretch(from: row.from, to: nil, row: row.row))
      }
    }
    open = [:]
  }

  // MARK: One event

  /// Folds an event; nil when it cannot be applied and will be set aside.
  private mutating func step(_ event: RecordedEvent) throws(EvolveError) -> Step? {
    let isVoided = setAside.contains(event.position)
    var before: CasebookState?
    do throws(EvolveError) {
      let fact: Fact?
      let stream: StreamAddress
      if isVoided {
        stream = try Self.address(of: event)
        fact = try? Fact(event)
        if projection.comparesStates { before = fact.map(state.part) }
        state.skip(stream, version: event.streamVersion, reference: event.localReference)
      } else {
        let read = try Fact(event)
        stream = read.stream
        fact = read
        if projection.comparesStates { before = state.part(of: read) }
        try state.evolve(read)
      }
      return Step(
        event: event, stream: stream, fact: fact, isVoided: isVoided, before: before, after: state)
    } catch {
      guard pardoned.contains(event.position), !isVoided else { throw error }
      setAside.insert(event.position)
      state.skip(
        try Self.address(of: event), version: event.streamVersion, reference: event.localReference)
      return nil
    }
  }

  private static func address(of event: RecordedEvent) throws(EvolveError) -> StreamAddress {
    do {
      return StreamAddress(.init(event.stream.kind), try Slug(event.stream.id))
    } catch {
      throw EvolveError(position: event.position, message: "\(error)")
    }
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
    before position: Int64, _ hand: (Stretch) -> Void
  ) throws(EvolveError) {
    while let next = pending.first, next.at <= position {
      pending.removeFirst()
      setAside.insert(next.position)
      guard !past.isEmpty else { continue }
      var anew = StreamFold(projection, since: 0, target: target, voidings: [])
      anew.pardoned = pardoned
      anew.setAside = setAside
      for event in past {
        guard let step = try anew.step(event) else { continue }
        for item in projection.items(touchedBy: step) {
          anew.replace(
            item, with: projection.rows(of: item, after: step), at: event.position, { _ in })
        }
      }
      state = anew.state
      for item in Set(open.keys).union(anew.open.keys) {
        replace(item, with: anew.open[item]?.map(\.row) ?? [], at: next.at, hand)
      }
    }
  }
}
