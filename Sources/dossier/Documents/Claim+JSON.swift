import Casebook
import CasebookStore
import EDTF
import StrictJSON
import Views

extension View {
  /// A claim as `claim list` and `case show` give it.
  func json(_ claim: Claim, in file: Case) -> JSON { json(ClaimRow(claim, in: file)) }

  /// The same from its row.
  func json(_ claim: ClaimRow) -> JSON {
    let words = claim.words
    let date = claim.type == ValueType.date.rawValue ? try? EDTF(words.value) : nil
    return .document(
      ("ref", .string("\(claim.home)/c\(claim.number)")),
      ("case", .string(claim.home)),
      ("predicate", .string(claim.predicate)),
      ("state", .string(claim.state)),
      ("value", .string(words.value)),
      ("type", .text(claim.type)),
      ("edtf", .text(date?.text)), ("calendar", .text(date?.statedCalendar)),
      ("newStyle", .text(date?.newStyle)),
      ("polarity", words.isNegative ? "negative" : "positive"),
      ("hedge", .text(words.hedge)),
      ("asWritten", .text(words.asWritten)),
      (
        "attribution",
        .document(("stance", .string(words.stance)), ("saidBy", .text(words.saidBy)))
      ),
      (
        "qualifiers",
        .object(JSONObject(words.qualifiers.map { ($0.name, .string($0.text)) }))
      ),
      ("source", .string(claim.source)),
      ("locator", .string(claim.locator)),
      ("quote", .text(claim.quote)),
      ("status", claim.isWithdrawn ? "withdrawn" : "current"),
      ("revision", .integer(claim.revision)),
      ("disputed", .boolean(!claim.disputes.isEmpty)),
      ("citations", .array(claim.citations.map { json($0) })),
      ("recordedAt", .instant(claim.recorded.at)),
      ("recordedBy", showsRecorders ? .string(claim.recorded.by) : nil),
      ("position", .integer(claim.recorded.position)),
      ("lastChange", claim.changed.map { lastChange(of: claim, at: $0) }))
  }

  /// When, by whom and why a claim was last corrected, withdrawn or reinstated.
  private func lastChange(of claim: ClaimRow, at changed: Stamp) -> JSON {
    .document(
      ("recordedAt", .instant(changed.at)),
      ("recordedBy", showsRecorders ? .string(changed.by) : nil),
      ("position", .integer(changed.position)),
      ("kind", .text(claim.correction)), ("reason", .text(claim.reason)))
  }

  /// A citation.
  func json(_ citation: Citation, in file: Case) -> JSON { json(CitationRow(citation, in: file)) }

  /// The same from its row.
  func json(_ citation: CitationRow) -> JSON {
    .document(
      ("ref", .string("\(citation.home)/n\(citation.number)")),
      ("target", .string("\(citation.home)/\(citation.target)")),
      ("work", .string(citation.work)),
      ("locator", .text(citation.locator)),
      ("note", .text(citation.note)),
      ("as", .string(citation.role)),
      ("source", .text(citation.source)),
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
    AnnotationRow(annotation, home: home).json
  }
}

extension AnnotationRow {
  /// The annotation as lists give it.
  var json: JSON {
    .document(
      ("ref", .string("\(home)/a\(number)")), ("target", .string(target)),
      ("text", .string(text)), ("motivation", .text(motivation)),
      ("tags", .array(tags.map(JSON.string))), ("status", isWithdrawn ? "withdrawn" : "current"),
      ("revision", .integer(revision)), ("recordedAt", .instant(recorded.at)),
      ("recordedBy", .string(recorded.by)), ("position", .integer(recorded.position)))
  }
}
