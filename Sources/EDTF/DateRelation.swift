/// How two dates of one thing stand to each other, judged by the days that they can mean.
public enum DateRelation: String, Hashable, Sendable {
  /// They mean the same days.
  case same
  /// Some day fits both.
  case compatible
  /// A day fits both only if "about" is taken as far as `Approximation` says.
  case compatibleByAbout = "compatible-by-about"
  /// No day fits both.
  case conflict
}

extension EDTF {
  /// How this date stands to another, if both are of one thing that happened on one day.
  ///
  /// An interval or a set then says on which of its days that may have been: `1928-01/1928-04` and `1928-21` are compatible.
  public func relation(to other: EDTF) -> DateRelation {
    if self == other { return .same }
    let (days, others) = (days, other.days)
    if days.isSame(as: others) { return .same }
    return relation(other, days.meets(others)) { $0.meets($1) }
  }

  /// How this date stands to the word that it was not another one: some day has to be left.
  public func relation(toDenied other: EDTF) -> DateRelation {
    relation(other, !days.isWithin(other.days)) { days, _ in !days.isWithin(other.days) }
  }

  private func relation(
    _ other: EDTF, _ fits: Bool, _ fitsWidely: (DaySet, DaySet) -> Bool
  ) -> DateRelation {
    if fits { return .compatible }
    guard isApproximate || other.isApproximate else { return .conflict }
    return fitsWidely(widestDays, other.widestDays) ? .compatibleByAbout : .conflict
  }
}
