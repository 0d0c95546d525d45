import EventLog
import PostgresClient

/// A range of a view's rows by the streams they belong to.
struct HomeRange: Hashable, Sendable {
  /// The first stream, and the one that comes after the last; nil where there is no bound.
  let first: StreamID?, end: StreamID?

  /// Every row.
  static let everything = HomeRange(first: nil, end: nil)

  /// Everything, cut before each of these streams.
  static func cut(before streams: [StreamID]) -> [HomeRange] {
    let bounds = [nil] + streams.map(Optional.some) + [nil]
    return zip(bounds, bounds.dropFirst()).map { HomeRange(first: $0, end: $1) }
  }

  /// What holds of the range's rows in the table of a view.
  func condition(on projection: any Projection.Type) -> PostgresQuery {
    switch (first, end) {
    case (nil, nil): "true"
    case (let first?, nil): Self.compare(first, ">=", projection)
    case (nil, let end?): Self.compare(end, "<", projection)
    case (let first?, let end?):
      "\(Self.compare(first, ">=", projection)) AND \(Self.compare(end, "<", projection))"
    }
  }

  private static func compare(
    _ stream: StreamID, _ sign: String, _ projection: any Projection.Type
  ) -> PostgresQuery {
    projection.homeColumns == 1
      ? "\(raw: "\"\(projection.columns[0].name)\" \(sign)") \(stream.id)"
      : "(stream_kind, stream_id) \(raw: sign) (\(stream.kind.rawValue), \(stream.id))"
  }
}
