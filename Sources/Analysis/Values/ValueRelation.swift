import Casebook
import EDTF

/// How two values of one predicate stand to each other.
enum ValueRelation: Int, Comparable {
  /// Both cannot be true of a predicate that has one value.
  case different
  /// One says more than the other: 1937-07 and 1937-07-16, Deryabin and Petr S. Derjabin.
  case compatible
  /// They say the same, in two spellings perhaps.
  case same

  static func < (left: ValueRelation, right: ValueRelation) -> Bool {
    left.rawValue < right.rawValue
  }

  /// Compares as the predicate demands.
  init(_ left: Value, _ right: Value, _ comparison: Predicate.Comparison) {
    self =
      switch (left, right) {
      case (.date(let left), .date(let right)): Self.dates(left, right)
      case (.number(let left), .number(let right)):
        DecimalText(left) == DecimalText(right) ? .same : .different
      default: Self.texts(left, right, comparison)
      }
  }

  private static func dates(_ left: EDTF, _ right: EDTF) -> ValueRelation {
    switch left.relation(to: right) {
    case .same: .same
    case .compatible: .compatible
    case .conflict: .different
    }
  }

  private static func texts(
    _ left: Value, _ right: Value, _ comparison: Predicate.Comparison
  ) -> ValueRelation {
    switch comparison {
    case .exact, .dates:
      return left == right ? .same : .different
    case .names:
      let keys = (NameKey(left.display), NameKey(right.display))
      if keys.0 == keys.1 { return .same }
      return keys.0.covers(keys.1) || keys.1.covers(keys.0) ? .compatible : .different
    case .text:
      let keys = (TextKey(left.display), TextKey(right.display))
      if keys.0 == keys.1 { return .same }
      guard left.type == .place else { return .different }
      return keys.0.covers(keys.1) || keys.1.covers(keys.0) ? .compatible : .different
    }
  }
}
