public import StrictJSON

/// Mends our record of a count that a source states.
public struct CorrectTabulation: Command {
  let content: TabulationContent
  let kind: CorrectionKind
  let reason: String?
  let mark: ImportMark?

  /// Makes `content` what is recorded under that id.
  public init(
    _ content: TabulationContent, kind: CorrectionKind, reason: String?, mark: ImportMark? = nil
  ) {
    self.content = content
    self.kind = kind
    self.reason = reason
    self.mark = mark
  }

  public var json: JSON {
    .members(
      ("command", "tabulation.correct"), ("tabulation", .object(content.fields)),
      ("kind", .string(kind.rawValue)), ("reason", .text(reason)), ("import", mark?.json))
  }

  public var cases: Set<Slug> { content.mentionedCases }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    let register = try state.requireRegister()
    let old = try register.standingTabulation(content.id)
    guard old.content.source == content.source else {
      throw Refusal(
        .sourceFixed, "tabulation/\(content.id) is stated by \(old.content.source), for ever",
        remedy: "Withdraw it and state it anew for \(content.source).")
    }
    let changes = old.content.changes(to: try content.checked(in: state))
    guard !changes.isEmpty || mark != nil && mark != old.mark else {
      throw Refusal(
        .nothingChanged, "tabulation/\(content.id) already says that",
        remedy: "Name a field to change, such as --locator.")
    }
    let revision = Revision(
      kind: kind, reason: try Text.reason(reason), changes: changes, mark: mark)
    return [
      register.decision(
        .tabulationCorrected(id: content.id, revision), voice: content.source,
        .tabulation(content.id))
    ]
  }
}

extension Register {
  /// The tabulation, withdrawn or not, or a refusal that suggests one.
  @discardableResult
  func existingTabulation(_ id: Slug) throws(Refusal) -> Tabulation {
    if let found = tabulation(id) { return found }
    let known = tabulations.map(\.content.id.text)
    throw Refusal(
      .unknownTabulation, "there is no tabulation \"\(id)\"",
      remedy: closestName(to: id.text, among: known).map { "Did you mean \"\($0)\"?" }
        ?? (known.isEmpty
          ? "There are none yet." : "There are: \(known.sorted().joined(separator: ", "))."))
  }

  /// The tabulation, which must not be withdrawn.
  @discardableResult
  func standingTabulation(_ id: Slug) throws(Refusal) -> Tabulation {
    let found = try existingTabulation(id)
    guard !found.isWithdrawn else {
      throw Refusal(
        .alreadyWithdrawn, "tabulation/\(id) is withdrawn",
        remedy: "If it is stated after all, state it under another id.")
    }
    return found
  }
}
