import Casebook
import CasebookStore
import EDTF
import StrictJSON

extension View {
  /// A claim as `claim list` and `case show` give it.
  func json(_ claim: Claim, in file: Case) -> JSON {
    let content = claim.content
    let value = content.assertion.value
    var edtf: String?
    if case .date(let date)? = value { edtf = date.text }
    return .document(
      ("ref", .string("\(file.slug)/c\(claim.number)")),
      ("case", .string(file.slug.text)),
      ("predicate", .string(content.predicate)),
      ("state", .string(content.assertion.state.rawValue)),
      ("value", .string(content.assertion.display)),
      ("type", .text(value?.type.rawValue)),
      ("edtf", .text(edtf)),
      ("polarity", content.isNegative ? "negative" : "positive"),
      ("hedge", .text(content.hedge)),
      ("asWritten", .text(content.asWritten)),
      (
        "attribution",
        .document(
          ("stance", .string(content.attribution.stance.rawValue)),
          ("saidBy", .text(content.attribution.saidBy?.display)))
      ),
      (
        "qualifiers",
        .object(
          JSONObject(content.sortedQualifiers.map { ($0.id, .string($0.value.display)) }))
      ),
      ("source", .string(content.source.text)),
      ("locator", .string(content.locator)),
      ("quote", .text(content.quote)),
      ("status", .string(claim.status.rawValue)),
      ("revision", .integer(claim.revision)),
      ("disputed", .boolean(!file.openDisputes(of: claim.number).isEmpty)),
      (
        "citations",
        .array(file.citations(of: .claim(claim.number)).map { json($0, in: file) })
      ),
      ("recordedAt", .instant(claim.recorded.at)),
      ("recordedBy", showsRecorders ? .string(claim.recorded.by) : nil),
      ("position", .integer(claim.recorded.position)),
      ("lastChange", claim.changed == claim.recorded ? nil : lastChange(of: claim)))
  }

  /// When, by whom and why a claim was last corrected, withdrawn or reinstated.
  private func lastChange(of claim: Claim) -> JSON {
    .document(
      ("recordedAt", .instant(claim.changed.at)),
      ("recordedBy", showsRecorders ? .string(claim.changed.by) : nil),
      ("position", .integer(claim.changed.position)),
      ("kind", .text(claim.correction?.rawValue)), ("reason", .text(claim.reason)))
  }

  /// A citation.
  func json(_ citation: Citation, in file: Case) -> JSON {
    .document(
      ("ref", .string("\(file.slug)/n\(citation.number)")),
      ("target", .string("\(file.slug)/\(citation.content.target.local)")),
      ("work", .string(citation.content.work.text)),
      ("locator", .text(citation.content.locator)),
      ("note", .text(citation.content.note)),
      ("as", .string(citation.content.role.rawValue)),
      ("source", .text(citation.voice?.text)),
      ("status", citation.isWithdrawn ? "withdrawn" : "current"),
      ("recordedAt", .instant(citation.recorded.at)),
      ("recordedBy", showsRecorders ? .string(citation.recorded.by) : nil),
      ("position", .integer(citation.recorded.position)))
  }

  /// A dispute.
  func json(_ dispute: Dispute, in file: Case) -> JSON {
    .document(
      ("ref", .string("\(file.slug)/d\(dispute.number)")),
      ("claim", .string("\(file.slug)/c\(dispute.content.claim)")),
      ("grounds", .string(dispute.content.grounds)),
      ("counter", .text(dispute.content.counter?.description)),
      ("status", dispute.isOpen ? "open" : "resolved"),
      ("resolution", .text(dispute.resolution)),
      ("resolvedAt", dispute.resolved.map { .instant($0.at) }),
      ("resolvedBy", .text(dispute.resolved?.by)),
      ("recordedAt", .instant(dispute.recorded.at)),
      ("recordedBy", .string(dispute.recorded.by)),
      ("position", .integer(dispute.recorded.position)))
  }

  /// An annotation whose references begin with `home`.
  func json(_ annotation: Annotation, home: Slug) -> JSON {
    .document(
      ("ref", .string("\(home)/a\(annotation.number)")),
      ("target", .string(annotation.content.target.description)),
      ("text", .string(annotation.content.text)),
      ("motivation", .text(annotation.content.motivation?.rawValue)),
      ("tags", .array(annotation.content.tags.map(JSON.string))),
      ("status", annotation.isWithdrawn ? "withdrawn" : "current"),
      ("revision", .integer(annotation.revision)),
      ("recordedAt", .instant(annotation.recorded.at)),
      ("recordedBy", .string(annotation.recorded.by)),
      ("position", .integer(annotation.recorded.position)))
  }
}
