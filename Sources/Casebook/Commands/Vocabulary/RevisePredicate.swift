public import StrictJSON

/// Revises a predicate: its label, scope, terms or qualifiers. Its type never changes, nor do those of its qualifiers.
public struct RevisePredicate: Command {
  let predicate: Predicate
  let reason: String?
  let mark: ImportMark?

  /// Makes `predicate` what the vocabulary says under that id.
  public init(_ predicate: Predicate, reason: String?, mark: ImportMark? = nil) {
    self.predicate = predicate
    self.reason = reason
    self.mark = mark
  }

  public var json: JSON {
    .members(
      ("command", "predicate.revise"), ("predicate", .object(predicate.fields)),
      ("reason", .text(reason)), ("import", mark?.json))
  }

  public var cases: Set<Slug> { [] }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    let register = try state.requireRegister()
    let old = try state.predicate(predicate.id)
    guard old.type == predicate.type else {
      throw Refusal(
        .predicateTypeFixed,
        "\(old.id) is of type \(old.type.rawValue) and cannot become \(predicate.type.rawValue)",
        remedy: "Define a new predicate: claims already recorded keep the type they have.")
    }
    for qualifier in predicate.qualifiers {
      guard let before = old.qualifiers.first(where: { $0.id == qualifier.id }),
        before.type != qualifier.type
      else { continue }
      throw Refusal(
        .predicateTypeFixed,
        "\(old.id), \(qualifier.id) is of type \(before.type.rawValue) and cannot become "
          + qualifier.type.rawValue,
        remedy: "Add a new qualifier: claims already recorded keep the type they have.")
    }
    let changes = old.changes(to: try predicate.checked())
    guard !changes.isEmpty || mark != nil && mark != register.entry(old.id)?.mark else {
      throw Refusal(
        .nothingChanged, "\(old.id) already says that", remedy: "Nothing needs to be done.")
    }
    let revision = Revision(reason: try Text.reason(reason), changes: changes, mark: mark)
    return [
      register.decision(.predicateRevised(id: old.id, revision), .file(register.content.slug))
    ]
  }
}
