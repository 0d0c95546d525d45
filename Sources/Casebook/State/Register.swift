/// What the casebook's own stream holds: its title, its vocabulary, the counts that sources state, the events set aside,
/// who has access.
public struct Register: Hashable, Sendable {
  /// The casebook as it was created.
  public let content: CasebookContent
  /// When it was created.
  public let created: Stamp
  /// Predicates in the order of their definition.
  public internal(set) var vocabulary: [VocabularyEntry] = []
  /// Tabulations in the order of their statement, withdrawn ones included.
  public internal(set) var tabulations: [Tabulation] = []
  /// Annotations of tabulations and of the casebook, withdrawn ones included.
  public internal(set) var annotations = Annotations()
  /// Events set aside, by position, with the reason; it is empty when analysts are not heard.
  public internal(set) var voided: [Int64: String] = [:]
  /// What the events that set others aside did.
  var voids = Voids()
  /// Who has access, as far as the log tells, those who got it last at the end; empty when analysts are not heard.
  public private(set) var members: [GrantedAccess] = []
  /// The position of the last event applied.
  public internal(set) var lastPosition: Int64
  /// The number of events in its stream, voided ones included.
  public internal(set) var version: Int64

  private var indexOfPredicate: [String: Int] = [:]

  init(_ content: CasebookContent, stamp: Stamp, version: Int64) {
    self.content = content
    created = stamp
    lastPosition = stamp.position
    self.version = version
  }

  /// The predicate with this id.
  public func predicate(_ id: String) -> Predicate? { entry(id)?.predicate }

  /// The vocabulary's entry for this id.
  public func entry(_ id: String) -> VocabularyEntry? {
    indexOfPredicate[id].map { vocabulary[$0] }
  }

  /// The place of a predicate in the vocabulary's order.
  public func rank(of id: String) -> Int { indexOfPredicate[id] ?? .max }

  /// The tabulation with this id.
  public func tabulation(_ id: Slug) -> Tabulation? { tabulations.first { $0.content.id == id } }

  /// The access of a role; nil when the log tells of none.
  public func access(of role: String) -> GrantedAccess? {
    members.first { isSameText($0.content.role, role) }
  }

  mutating func admit(_ content: AccessContent, _ stamp: Stamp) {
    dismiss(content.role)
    members.append(GrantedAccess(content: content, granted: stamp))
  }

  mutating func dismiss(_ role: String) {
    members.removeAll { isSameText($0.content.role, role) }
  }

  mutating func define(_ entry: VocabularyEntry) {
    indexOfPredicate[entry.predicate.id] = vocabulary.count
    vocabulary.append(entry)
  }

  mutating func revise(_ id: String, _ body: (inout VocabularyEntry) throws -> Void) rethrows
    -> Bool
  {
    guard let index = indexOfPredicate[id] else { return false }
    var entry = vocabulary[index]
    try body(&entry)
    vocabulary[index] = entry
    return true
  }
}
