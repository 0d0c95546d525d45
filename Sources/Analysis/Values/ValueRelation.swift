import Casebook
import EDTF

/// How two values of one predicate stand to each other.
enum ValueRelation: Int, Comparable {
  /// Both cannot be true of a predicate that has one value.
  case different
  /// Both can be true only if "about" reaches as far as `Approximation` says.
  case compatibleByAbout
  /// Both can be true: 1937-07 and 1937-07-16, [1927,1928] and [1928,1929], Deryabin and Petr S. Derjabin.
  case compatible
  /// They say the same, in two spellings perhaps.
  case same

  static func < (left: ValueRelation, right: ValueRelation) -> Bool {
    left.rawValue < right.rawValue
  }

  /// Compares as the predicate demands.
  init(_ left: Value, _ right: Value, _ comparison: Predicate.Comparison) {
    self = ComparableValue(left, comparison).relation(to: ComparableValue(right, comparison))
  }

  /// Compares a value with the word that it was not another one.
  init(_ value: Value, denied: Value, _ comparison: Predicate.Comparison) {
    self = ComparableValue(value, comparison)
      .relation(toDenied: ComparableValue(denied, comparison))
  }

  init(_ relation: DateRelation) {
    self =
      switch relation {
      case .same: .same
      case .compatible: .compatible
      case .compatibleByAbout: .compatibleByAbout
      case .conflict: .different
      }
  }

  init(_ relation: NameKey.Relation) {
    self =
      switch relation {
      case .same: .same
      case .compatible: .compatible
      case .different: .different
      }
  }
}
