/// Conditions joined by *and*, *or* and *not*.
public indirect enum Formula<Leaf> {
  case condition(Leaf)
  case not(Formula)
  case all([Formula])
  case any([Formula])

  /// The conditions in the order in which they are written.
  public var conditions: [Leaf] {
    switch self {
    case .condition(let leaf): [leaf]
    case .not(let part): part.conditions
    case .all(let parts), .any(let parts): parts.flatMap(\.conditions)
    }
  }

  /// The same formula of other conditions.
  func map<Other>(
    _ transform: (Leaf) throws(Refusal) -> Other
  ) throws(Refusal) -> Formula<Other> {
    func mapped(_ parts: [Formula]) throws(Refusal) -> [Formula<Other>] {
      var others: [Formula<Other>] = []
      for part in parts { others.append(try part.map(transform)) }
      return others
    }
    switch self {
    case .condition(let leaf): return .condition(try transform(leaf))
    case .not(let part): return .not(try part.map(transform))
    case .all(let parts): return .all(try mapped(parts))
    case .any(let parts): return .any(try mapped(parts))
    }
  }
}

extension Formula: Sendable where Leaf: Sendable {}
