public import EDTF
public import StrictJSON

/// Amends what is registered of a source.
public struct AmendSource: Command {
  /// What changes; nil leaves a field as it is, an inner nil takes it away.
  public struct Edit: Hashable, Sendable {
    /// Another title.
    public var title: String?
    /// When it was issued.
    public var issued: EDTF??
    /// To whom it was issued.
    public var issuedTo: String??
    /// Bibliographic data, CSL-JSON.
    public var csl: JSONObject??

    /// An edit of nothing.
    public init() {}
  }

  let slug: Slug
  let edit: Edit
  let reason: String?
  let mark: ImportMark?

  /// Amends the source `slug` as `edit` says.
  public init(_ slug: Slug, _ edit: Edit, reason: String?, mark: ImportMark? = nil) {
    self.slug = slug
    self.edit = edit
    self.reason = reason
    self.mark = mark
  }

  /// Makes `content` what is registered of the source of that short name.
  public init(_ content: SourceContent, reason: String?, mark: ImportMark? = nil) {
    var edit = Edit()
    edit.title = content.title
    edit.issued = .some(content.issued)
    edit.issuedTo = .some(content.issuedTo)
    edit.csl = .some(content.csl)
    self.init(content.slug, edit, reason: reason, mark: mark)
  }

  public var json: JSON {
    .members(
      ("command", "source.amend"), ("source", .string(slug.text)), ("title", .text(edit.title)),
      ("issued", edit.issued.map { $0.map { .string($0.text) } ?? .null }),
      ("issuedTo", edit.issuedTo.map { $0.map(JSON.string) ?? .null }),
      ("csl", edit.csl.map { $0.map(JSON.object) ?? .null }), ("reason", .text(reason)),
      ("import", mark?.json))
  }

  public var cases: Set<Slug> { [] }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    let source = try state.source(slug)
    let reason = try Text.reason(reason)
    var content = source.content
    if let title = edit.title { content.title = title }
    if let issued = edit.issued { content.issued = issued }
    if let issuedTo = edit.issuedTo { content.issuedTo = issuedTo }
    if let csl = edit.csl { content.csl = csl }
    let changes = source.content.changes(to: try content.checked())
    guard !changes.isEmpty || mark != nil && mark != source.mark else {
      throw Refusal(
        .nothingChanged, "\(slug) is already registered like that",
        remedy: "Nothing needs to be done.")
    }
    return [
      .onSource(slug, .sourceAmended(Revision(reason: reason, changes: changes, mark: mark)))
    ]
  }
}
