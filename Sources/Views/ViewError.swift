/// Why views cannot be used or maintained.
public enum ViewError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is stored is not what the log says, so that it cannot be carried on.
  case damaged(view: String)
  /// Another process rebuilds the view.
  case beingRebuilt(view: String, by: String, since: String)
  /// The person may read the view and not write it.
  case notAllowed(view: String)
  /// Another generation took the place of the one that was being carried on.
  case replaced(view: String)
  /// A generation that stands further on cannot be replaced by one that cannot follow it.
  case stopped(view: String, at: Int64, by: String)
  /// Somebody waits for the view and nobody keeps it up to date.
  case notKept(view: String)
  /// The view was never built.
  case notBuilt(view: String)

  /// What happened and what to do.
  public var description: String {
    switch self {
    case .damaged(let view):
      "\(view) does not hold what the log says. Build it anew with: dossier projection rebuild "
        + view
    case .beingRebuilt(let view, let by, let since):
      "\(view) is being rebuilt by \(by) since \(since). Wait until that is done, or end it first"
    case .notAllowed(let view):
      "you may not carry \(view) on: that takes write access to the casebook"
    case .replaced(let view): "\(view) was rebuilt meanwhile. Try again"
    case .stopped(let view, let position, let problem):
      "\(view) cannot be built beyond @\(position), which is less than there is: \(problem)"
    case .notKept(let view):
      "nobody keeps \(view) up to date, so that there is nothing to wait for. Start: dossier "
        + "projection follow \(view)"
    case .notBuilt(let view):
      "\(view) has not been built yet. Build it with: dossier projection rebuild \(view)"
    }
  }
}
