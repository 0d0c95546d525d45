import Casebook
import CasebookStore
import EDTF
import StrictJSON

extension View {
  /// What is attached of a text; who attached it is the analysts'.
  private func json(_ text: Recorded<TextAttachment>) -> JSON {
    .document(
      ("sha256", .string(text.content.sha256)), ("bytes", .integer(text.content.bytes)),
      ("passages", .integer(text.content.passages)), ("firstPage", .text(text.content.firstPage)),
      ("copy", .text(text.content.copy?.text)), ("attachedAt", .instant(text.recorded.at)),
      ("attachedBy", showsRecorders ? .string(text.recorded.by) : nil),
      ("position", .integer(text.recorded.position)))
  }

  /// A source with its copies, derivations, grade and annotations.
  func json(_ source: Source) -> JSON {
    .document(
      ("slug", .string(source.slug.text)),
      ("title", .string(source.content.title)),
      ("issued", .text(source.content.issued?.text)),
      ("issuedTo", .text(source.content.issuedTo)),
      ("csl", source.content.csl.map(JSON.object)),
      (
        "copies",
        .array(
          source.copies.map {
            .document(
              ("id", .string($0.content.id.text)), ("kind", .string($0.content.kind.rawValue)),
              ("description", .string($0.content.description)))
          })
      ),
      ("texts", .array(source.texts.map(json))),
      (
        "derivesFrom",
        .array(
          source.derivations.map {
            .document(
              ("source", .string($0.content.from.text)), ("grounds", .string($0.content.grounds)),
              ("locator", .text($0.content.locator)))
          })
      ),
      (
        "grade",
        source.grade.map {
          .document(("grade", .string($0.content.rawValue)), ("grounds", .text($0.grounds)))
        }
      ),
      (
        "annotations",
        .array(
          source.annotations.sorted.filter { !$0.isWithdrawn }.map { json($0, home: source.slug) })
      ),
      ("version", .integer(source.version)),
      ("lastPosition", .integer(source.lastPosition)))
  }
}
