public import StrictJSON

/// Says that a source derives from another, so that their agreement is not two witnesses.
public struct DeriveSource: Command {
  let slug: Slug
  let derivation: SourceDerivation
  let mark: ImportMark?

  /// Says that the source `slug` derives as `derivation` tells.
  public init(_ slug: Slug, _ derivation: SourceDerivation, mark: ImportMark? = nil) {
    self.slug = slug
    self.derivation = derivation
    self.mark = mark
  }

  public var json: JSON {
    .members(
      ("command", "source.derive"), ("source", .string(slug.text)),
      ("derivation", .object(derivation.fields)), ("import", mark?.json))
  }

  public var cases: Set<Slug> { [] }

  /// The source derived from must not meanwhile be made to derive from this one.
  public var guards: Set<StreamAddress> { [StreamAddress(.source, derivation.from)] }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    let source = try state.source(slug)
    let from = try state.source(derivation.from).slug
    var derivation = derivation
    derivation.grounds = try Text.required(
      derivation.grounds, "grounds", rule: .missingReason, remedy: "Say why, with -m GROUNDS.")
    derivation.locator = try Text.optional(derivation.locator, "locator")
    guard !source.derivations.contains(where: { $0.content == derivation }) else {
      throw Refusal(
        .alreadyExists, "\(slug) is already said to derive from \(from) on these grounds",
        remedy: "Nothing needs to be done.")
    }
    guard from != slug else {
      throw Refusal(
        .cycle, "\(slug) cannot derive from itself", remedy: "Name the source it was taken from.")
    }
    if let path = state.path(from: from, to: slug) {
      throw Refusal(
        .cycle,
        "\(slug) cannot derive from \(from), which derives from it: "
          + path.map(\.text).joined(separator: " ← "),
        remedy: "A source cannot be its own origin; check which came first.")
    }
    return [.onSource(slug, .sourceDerived(derivation, mark))]
  }
}

extension CasebookState {
  /// A path of derivations from one source to another it rests on; nil when there is none.
  fileprivate func path(from start: Slug, to goal: Slug) -> [Slug]? {
    var seen: Set<Slug> = []
    var paths = [[start]]
    while let path = paths.popLast(), let last = path.last {
      if last == goal { return path }
      guard seen.insert(last).inserted else { continue }
      for derivation in sources[last]?.derivations ?? [] {
        paths.append(path + [derivation.content.from])
      }
    }
    return nil
  }
}
