/// Access that somebody has to a casebook, as its log tells it. What was given before such events were kept, and what a
/// name of another server stands for here, only the database knows.
public struct GrantedAccess: Hashable, Sendable {
  /// The login role and what it may do.
  public let content: AccessContent
  /// The event that gave it: a grant, or the creation of the casebook.
  public let granted: Stamp
}
