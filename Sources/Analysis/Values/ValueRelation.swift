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
    self =
      switch (left, right) {
      case (.date(let left), .date(let right)): Self(left.relation(to: right))
      case (.number(let left), .number(let right)):
        DecimalText(left) == DecimalText(right) ? .same : .different
      default: Self.texts(left, right, comparison)
      }
  }

  /// Compares a value with the word that it was not another one, which excludes whatever says the same or more.
  init(_ value: Value, denied: Value, _ comparison: Predicate.Comparison) {
    self =
      switch (value, denied) {
      case (.date(let date), .date(let denied)): Self(date.relation(toDenied: denied))
      default:
        Self.says(value, denied, comparison) ? .different : .compatible
      }
  }

  private init(_ relation: DateRelation) {
    self =
      switch relation {
      case .same: .same
      case .compatible: .compatible
      case .compatibleByAbout: .compatibleByAbout
      case .conflict: .different
      }
  }

  /// Whether whatever has one value has the other too: who is in Omsk, Siberia, is in Siberia.
  private static func says(
    _ value: Value, _ other: Value, _ comparison: Predicate.Comparison
  ) -> Bool {
    switch Self(value, other, comparison) {
    case .same: true
    case .different, .compatibleByAbout: false
    case .compatible:
      NameKey(value.display, of: kind(of: value)).covers(
        NameKey(other.display, of: kind(of: other)))
    }
  }

  private static func kind(of value: Value) -> NameKey.Kind {
    value.type == .place ? .place : .person
  }

  private static func texts(
    _ left: Value, _ right: Value, _ comparison: Predicate.Comparison
  ) -> ValueRelation {
    switch comparison {
    case .exact, .dates:
      return left == right ? .same : .different
    case .names:
      return names(left, right)
    case .text:
      if TextKey(left.display) == TextKey(right.display) { return .same }
      return left.type == .place ? names(left, right) : .different
    }
  }

  private static func names(_ left: Value, _ right: Value) -> ValueRelation {
    switch NameKey(left.display, of: kind(of: left))
      .relation(to: NameKey(right.display, of: kind(of: right)))
    {
    case .same: .same
    case .compatible: .compatible
    case .different: .different
    }
  }
}
