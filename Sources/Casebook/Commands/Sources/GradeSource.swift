public import StrictJSON

/// Says how reliable a source is, in the letters of the Admiralty code.
public struct GradeSource: Command {
  let slug: Slug
  let grade: SourceGrade
  let grounds: String?

  /// Grades the source `slug`.
  public init(_ slug: Slug, _ grade: SourceGrade, grounds: String?) {
    self.slug = slug
    self.grade = grade
    self.grounds = grounds
  }

  public var json: JSON {
    .members(
      ("command", "source.grade"), ("source", .string(slug.text)),
      ("grade", .string(grade.rawValue)), ("grounds", .text(grounds)))
  }

  public var cases: Set<Slug> { [] }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    let source = try state.source(slug)
    let grounds = try Text.required(
      grounds, "grounds", rule: .missingReason, remedy: "Say why, with -m GROUNDS.")
    guard source.grade?.content != grade || !isSameText(source.grade?.grounds, grounds) else {
      throw Refusal(
        .nothingChanged, "\(slug) is already graded \(grade.rawValue) on these grounds",
        remedy: "Nothing needs to be done.")
    }
    return [.onSource(slug, .sourceGraded(grade, grounds: grounds))]
  }
}
