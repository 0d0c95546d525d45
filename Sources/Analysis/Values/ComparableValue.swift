import Casebook
import EDTF

/// A value with what it takes to compare it with many others, worked out once.
struct ComparableValue {
  /// What two values have one of in common that say the same; those that have are still to be compared.
  enum Key: Hashable {
    case value(Value)
    case text(String)
    case bounds(DateBounds)
    case number(DecimalText)
  }

  private enum Form {
    case date(EDTF)
    case number(DecimalText)
    case whole
    case name(NameKey)
    case place(TextKey, NameKey)
    case text(TextKey)
  }

  let value: Value
  private let form: Form
  /// What it has one of in common with every value that says the same, but for dates with a time: one moment may lie on two
  /// days.
  let keys: Set<Key>

  /// A value that is compared as the predicate demands.
  init(_ value: Value, _ comparison: Predicate.Comparison) {
    self.value = value
    switch (value, comparison) {
    case (.date(let date), _):
      form = .date(date)
      keys = [.bounds(date.bounds)]
    case (.number(let text), _):
      let number = DecimalText(text)
      form = .number(number)
      keys = [.number(number)]
    case (_, .exact), (_, .dates):
      form = .whole
      keys = [.value(value)]
    case (_, .names) where NameKey.canBe(value.display):
      let name = NameKey(value.display)
      form = .name(name)
      keys = Set(name.readings.map(Key.text))
    case (_, .text) where value.type == .place && NameKey.canBe(value.display):
      let name = NameKey(value.display, of: .place)
      form = .place(TextKey(value.display), name)
      keys = Set(name.readings.map(Key.text))
    case (_, .text), (_, .names):
      let key = TextKey(value.display)
      form = .text(key)
      keys = [.text(key.words.joined(separator: " "))]
    }
  }

  /// Whether values without a key in common may be one, or one exclude the other.
  var isGraded: Bool {
    switch form {
    case .date, .name, .place: true
    case .number, .whole, .text: false
    }
  }

  func relation(to other: ComparableValue) -> ValueRelation {
    switch (form, other.form) {
    case (.date(let left), .date(let right)): ValueRelation(left.relation(to: right))
    case (.number(let left), .number(let right)): left == right ? .same : .different
    case (.name(let left), .name(let right)): ValueRelation(left.relation(to: right))
    case (.place(let left, let leftName), .place(let right, let rightName)):
      left == right ? .same : ValueRelation(leftName.relation(to: rightName))
    case (.text(let left), .text(let right)): left == right ? .same : .different
    default: value == other.value ? .same : .different
    }
  }

  /// How it stands to the word that it was not another value, which excludes whatever says the same or more: who is in Omsk,
  /// Siberia, is in Siberia.
  func relation(toDenied denied: ComparableValue) -> ValueRelation {
    switch (form, denied.form) {
    case (.date(let date), .date(let denied)): ValueRelation(date.relation(toDenied: denied))
    case (.name(let name), .name(let denied)), (.place(_, let name), .place(_, let denied)):
      name.covers(denied) ? .different : .compatible
    default: relation(to: denied) == .same ? .different : .compatible
    }
  }
}
