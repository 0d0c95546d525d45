public import StrictJSON

/// Records a count that a source states about a group of cases.
public struct StateTabulation: Command {
  let content: TabulationContent
  let mark: ImportMark?

  /// Records the tabulation `content`.
  public init(_ content: TabulationContent, mark: ImportMark? = nil) {
    self.content = content
    self.mark = mark
  }

  public var json: JSON {
    .members(
      ("command", "tabulation.state"), ("tabulation", .object(content.fields)),
      ("import", mark?.json))
  }

  public var cases: Set<Slug> { content.mentionedCases }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    let register = try state.requireRegister()
    guard register.tabulation(content.id) == nil else {
      throw Refusal(
        .alreadyExists, "there is already a tabulation \"\(content.id)\"",
        remedy: "Correct it, or choose another id.")
    }
    return [
      register.decision(
        .tabulationStated(try content.checked(in: state), mark), voice: content.source,
        .tabulation(content.id))
    ]
  }
}

extension TabulationContent {
  /// The cases that it names: the group counted, those counted in or out by the text, and what its criterion may name.
  public var mentionedCases: Set<Slug> {
    var slugs = Set(namedYes + namedNo).union(Criterion.possibleCases(in: criterion))
    if case .group(let slug) = population { slugs.insert(slug) }
    return slugs
  }

  /// The content, when everything it names exists and its texts are there.
  func checked(in state: CasebookState) throws(Refusal) -> TabulationContent {
    try checkTexts()
    _ = try state.source(source)
    switch population {
    case .group(let slug):
      guard try state.caseFile(slug).kind == .group else {
        throw Refusal(
          .badValue, "the population \(slug) is not a group", remedy: "Name a case of kind group.")
      }
    case .tabulation(let other):
      try state.requireRegister().refuseCycle(from: id, to: other)
    }
    var named: Set<Slug> = []
    for slug in namedYes + namedNo {
      _ = try state.caseFile(slug)
      guard named.insert(slug).inserted else {
        throw Refusal(.badValue, "\(slug) is named twice", remedy: "Count it in or out, once.")
      }
    }
    _ = try Criterion(criterion, in: state)
    var content = self
    content.quote = try Text.optional(quote, "quote")
    return content
  }

  private func checkTexts() throws(Refusal) {
    _ = try Text.required(
      locator, "locator", rule: .missingLocator, remedy: "Say where the source states it.")
    _ = try Text.required(
      statement, "statement", rule: .missingText, remedy: "Say in your words what is stated.")
    _ = try Text.required(
      criterion, "criterion", rule: .missingText, remedy: "Say which claims make a case count.")
    if let count, count < 0 {
      throw Refusal(.badValue, "a count of \(count) cannot be", remedy: "Give 0 or more.")
    }
    guard count != nil || (bound != .exactly && bound != .atLeast) else {
      throw Refusal(
        .missingValue, "the bound \(bound.rawValue) needs a count", remedy: "Give the count.")
    }
  }
}

extension Register {
  /// Refuses that the tabulation `id` counts among the cases of `population` when that, in the end, counts among those of
  /// `id`.
  fileprivate func refuseCycle(from id: Slug, to population: Slug) throws(Refusal) {
    var path = [id]
    var next: Slug? = population
    while let current = next {
      path.append(current)
      guard current != id else {
        throw Refusal(
          .cycle,
          "tabulation/\(id) cannot count among its own cases: "
            + path.map(\.text).joined(separator: " → "),
          remedy: "Name a group, or a tabulation that does not rest on this one.")
      }
      guard case .tabulation(let further) = try standingTabulation(current).content.population
      else { return }
      next = further
    }
  }
}
