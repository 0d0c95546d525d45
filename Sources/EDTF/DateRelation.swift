/// How two dates stand to each other, judged by their bounds alone.
public enum DateRelation: String, Hashable, Sendable {
  /// They mean the same stretch of days.
  case same
  /// One lies within the other: both can be true, one says more.
  case compatible
  /// Neither lies within the other.
  case conflict
}

extension EDTF {
  /// How this date stands to another.
  ///
  /// Dates that are written alike are the same; so are those with the same bounds if both are
  /// closed. An open or unknown end reaches as far as there are days. Dates that overlap without
  /// one lying within the other are in conflict: each excludes days that the other thinks possible.
  public func relation(to other: EDTF) -> DateRelation {
    let bounds = bounds
    let otherBounds = other.bounds
    if text == other.text || (bounds == otherBounds && bounds.isClosed) { return .same }
    return bounds.contains(otherBounds) || otherBounds.contains(bounds) ? .compatible : .conflict
  }
}
