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
  /// Another version of the view folded the rows that are stored.
  case outdated(view: String, version: Int)
  /// Somebody waits for the view and nobody keeps it up to date.
  case notKept(view: String)
  /// There is a schema of the name that was to be given to a position.
  case nameTaken(String)
  /// The schema of a named position cannot be dropped, since others use it.
  case nameInUse(String)
  /// The view was never built.
  case notBuilt(view: String)
  /// The view was never built, or by another version, and the person may not build it; those named may.
  case notYoursToBuild(view: String, maintainers: [String])

  /// What happened and what to do.
  public var description: String {
    switch self {
    case .damaged(let view):
      "\(view) does not hold what the log says. Build it anew with: dossier projection rebuild "
        + view
    case .beingRebuilt(let view, let by, let since):
      "\(view) is being rebuilt by \(by) since \(since). Wait until that is done, or end it first"
    case .notAllowed(let view):
      "you may not write \(view): that takes write access to the casebook. Ask an admin of it"
    case .outdated(let view, let version):
      "\(view) was built by version \(version) of it, to which this program cannot add. Build it anew "
        + "with: dossier projection rebuild \(view)"
    case .replaced(let view): "\(view) was rebuilt meanwhile. Try again"
    case .notKept(let view):
      "nobody keeps \(view) up to date, so that there is nothing to wait for. Start: dossier "
        + "projection follow \(view)"
    case .nameTaken(let name):
      "the database has a schema \"\(name)\" already. Choose another name, or see: dossier replay "
        + "list"
    case .nameInUse(let name):
      "the schema \"\(name)\" holds things that others made, or things depend on it. Drop those "
        + "first"
    case .notBuilt(let view):
      "\(view) has not been built yet. Build it with: dossier projection rebuild \(view)"
    case .notYoursToBuild(let view, let maintainers):
      "\(view) has not been built yet for this version of the program, which takes write access to "
        + "the casebook. Ask \(Self.somebody(of: maintainers)) to run: dossier projection rebuild "
        + view
    }
  }

  /// A few of them, the first ones.
  private static func somebody(of names: [String]) -> String {
    guard let last = names.prefix(5).last else { return "an admin of it" }
    let first = names.prefix(5).dropLast()
    let several = first.isEmpty ? last : "\(first.joined(separator: ", ")) or \(last)"
    return names.count > 5 ? "\(several), or others who have it," : several
  }
}
