public import StrictJSON

/// Says whether two cases are one. It is recorded on both, so that each tells of it; both stay what they are, and the last
/// judgement counts.
public struct JudgeIdentity: Command {
  let slug: Slug
  let other: Slug
  let judgement: IdentityContent.Judgement
  let grounds: String?
  let mark: ImportMark?

  /// Judges the cases `slug` and `other`.
  public init(
    _ slug: Slug, _ other: Slug, _ judgement: IdentityContent.Judgement, grounds: String?,
    mark: ImportMark? = nil
  ) {
    self.slug = slug
    self.other = other
    self.judgement = judgement
    self.grounds = grounds
    self.mark = mark
  }

  public var json: JSON {
    .members(
      ("command", "identity.judge"), ("case", .string(slug.text)), ("other", .string(other.text)),
      ("judgement", .string(judgement.rawValue)), ("grounds", .text(grounds)),
      ("import", mark?.json))
  }

  public var cases: Set<Slug> { [slug, other] }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    guard slug != other else {
      throw Refusal(
        .badReference, "\(slug) is one with itself", remedy: "Name two cases.")
    }
    let pair = (try state.openCase(slug), try state.openCase(other))
    guard judgement == .different || pair.0.kind == pair.1.kind else {
      throw Refusal(
        .badValue,
        "\(slug) is a case of kind \(pair.0.kind.rawValue) and \(other) of kind "
          + "\(pair.1.kind.rawValue): they cannot be one",
        remedy: "Judge them --different, or look at their kinds with: dossier case list")
    }
    let grounds = try Text.required(
      grounds, "grounds", rule: .missingReason, remedy: "Say why, with -m GROUNDS.")
    let contents = [(pair.0, other), (pair.1, slug)].map { file, other in
      (file, IdentityContent(other: other, judgement: judgement, grounds: grounds))
    }
    guard
      !contents.allSatisfy({ file, content in
        file.identities[content.other]?.content.isIdentical(to: content) ?? false
      })
    else {
      throw Refusal(
        .nothingChanged, "\(slug) and \(other) are already judged so, on these grounds",
        remedy: "Nothing needs to be done.")
    }
    return contents.map { file, content in
      .onCase(file.slug, .identityJudged(content, mark), reference: .file(file.slug))
    }
  }
}
