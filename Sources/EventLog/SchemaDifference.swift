/// Something of the schema that is not what the migrations made.
public struct SchemaDifference: Hashable, Sendable {
  /// What is different.
  public enum Kind: Hashable, Sendable {
    /// The object is not there.
    case isMissing
    /// No migration made the object.
    case isStrange
    /// Something else is wrong with it, in words that follow its name.
    case isOff(String)
    /// A property of it, how it should be and how it is; nil where it should not be or is not there.
    case property(String, expected: String?, found: String?)
  }

  /// The object, such as `table dossier.event`.
  public let object: String
  /// What about it.
  public let kind: Kind

  init(_ object: String, _ kind: Kind) {
    self.object = object
    self.kind = kind
  }

  /// Whether it is what somebody may do, and not what is done: a role, or privileges.
  public var isGrant: Bool {
    if case .property(let property, _, _) = kind { return property.hasPrefix("privileges of ") }
    return object.hasPrefix("role ")
  }

  /// Whether it is one of the guards that PostgreSQL asks about commands: only a superuser can put them up.
  public var isMissingCommandGuard: Bool {
    kind == .isMissing && object.hasPrefix("event trigger ")
  }
}

extension SchemaDifference: CustomStringConvertible {
  /// What should be and what is, in words.
  public var description: String {
    switch kind {
    case .isMissing: "\(object) is missing"
    case .isStrange: "\(object) is none of Dossier's"
    case .isOff(let problem): "\(object) \(problem)"
    case .property(let property, let expected?, let found?):
      "\(object): \(property) should be “\(expected)”, and is “\(found)”"
    case .property(let property, let expected?, nil):
      "\(object): \(property) is missing, which should be “\(expected)”"
    case .property(let property, nil, let found):
      "\(object): \(property) is none of Dossier's: “\(found ?? "")”"
    }
  }
}
