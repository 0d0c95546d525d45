/// The members of a JSON object, in order, each key at most once.
///
/// Objects are expected to be small: a member is found by looking through them.
public struct JSONObject: Sendable {
  /// Keys and values in order.
  public private(set) var members: [(key: String, value: JSON)]

  /// An object without members.
  public init() {
    members = []
  }

  /// An object with these members in this order; a key given twice keeps its last value.
  public init(_ members: [(String, JSON)]) {
    self.members = []
    self.members.reserveCapacity(members.count)
    for (key, value) in members {
      self[key] = value
    }
  }

  /// An object of members whose keys are known to differ: for many, where looking through them would take long.
  public init(distinct members: [(key: String, value: JSON)]) {
    self.members = members
  }

  /// The keys in order.
  public var keys: [String] {
    members.map(\.key)
  }

  /// Whether there are no members.
  public var isEmpty: Bool {
    members.isEmpty
  }

  /// How many members there are.
  public var count: Int {
    members.count
  }

  /// The value of a key; setting one appends or replaces it, setting nil removes it.
  public subscript(key: String) -> JSON? {
    get {
      index(of: key).map { members[$0].value }
    }
    set {
      switch (index(of: key), newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append((key, value))
      case (nil, nil): break
      }
    }
  }

  func index(of key: String) -> Int? {
    members.firstIndex { $0.key.isIdentical(key) }
  }
}

extension JSONObject: Hashable {
  /// Whether both have the same members, in whatever order.
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    guard left.count == right.count else { return false }
    for (index, member) in left.members.enumerated() {
      // Most objects that are equal are also in the same order.
      let twin = right.members[index]
      if twin.key.isIdentical(member.key) {
        guard twin.value == member.value else { return false }
      } else {
        guard right[member.key] == member.value else { return false }
      }
    }
    return true
  }

  /// Feeds the members to the hasher in a way that does not depend on their order.
  public func hash(into hasher: inout Hasher) {
    var sum = 0
    for (key, value) in members {
      var member = Hasher()
      member.combine(key)
      member.combine(value)
      sum &+= member.finalize()
    }
    hasher.combine(sum)
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  /// An object with its members in this order; a key given twice keeps its last value.
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self.init(elements)
  }
}
