public import Yams

extension Node {
  /// The tag of a value that makes something else of it than what it looks like, as it is written: `!!python/name:os`,
  /// `!secret`, `!!int`. Nil where there is none, or one that says what is the case anyway, as `!!str` does of a text.
  ///
  /// The value must have been read with the resolver `basic`, to which every scalar is a text.
  public var foreignTag: String? {
    let usual: Tag.Name =
      switch self {
      case .scalar: .str
      case .sequence: .seq
      case .mapping: .map
      case .alias: .implicit
      }
    let name = tag.description
    guard name != usual.rawValue else { return nil }
    let core = "tag:yaml.org,2002:"
    return name.hasPrefix(core) ? "!!" + name.dropFirst(core.count) : name
  }
}
