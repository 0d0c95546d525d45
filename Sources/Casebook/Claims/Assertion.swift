/// What a claim says of its predicate. Silence is the absence of a claim and is never one of these.
public enum Assertion: Hashable, Sendable {
  /// It has this value.
  case value(Value)
  /// It has a value, which the source does not specify.
  case someValue
  /// It has none.
  case noValue
  /// The source says that it does not know.
  case unknown

  /// The four states by the names used in events, files and JSON.
  public enum State: String, Hashable, Sendable, CaseIterable {
    case value
    case someValue = "somevalue"
    case noValue = "novalue"
    case unknown
  }

  /// Which of the four states it is.
  public var state: State {
    switch self {
    case .value: .value
    case .someValue: .someValue
    case .noValue: .noValue
    case .unknown: .unknown
    }
  }

  /// The value, if there is one.
  public var value: Value? {
    if case .value(let value) = self { value } else { nil }
  }

  /// The text shown where a value is expected.
  public var display: String {
    switch self {
    case .value(let value): value.display
    case .someValue: "(some value)"
    case .noValue: "(none)"
    case .unknown: "(unknown)"
    }
  }
}
