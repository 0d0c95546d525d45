/// One complete set of a view's rows for one casebook, folded by a known version of the view.
public struct Generation: Hashable, Sendable {
  /// How far it has come.
  public enum State: String, Sendable {
    /// Its slices are being folded.
    case building
    /// It is the fold of the prefix that ends at its position, and nobody reads it yet.
    case complete
    /// It is the one that readers see.
    case active
    /// Another has taken its place, and its rows are being dropped.
    case retired
  }

  /// Its number on this server.
  public let id: Int64
  /// The version of the view that folded it.
  public let viewVersion: Int
  /// How far it has come.
  public let state: State
  /// The last position of the prefix that its rows are the fold of; 0 while it is being built.
  public let position: Int64
  /// The prefix that is folded while it is being built.
  public let target: Int64
}
