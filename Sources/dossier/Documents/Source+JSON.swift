import Casebook
import CasebookStore
import StrictJSON
import Views

extension View {
  /// A source with its copies, texts, derivations, grade and annotations.
  func json(_ source: Source) -> JSON { json(SourceRow(source)) }

  /// The same from its row.
  func json(_ source: SourceRow) -> JSON {
    .document(
      ("slug", .string(source.slug)), ("title", .string(source.title)),
      ("issued", .text(source.issued)), ("issuedTo", .text(source.issuedTo)), ("csl", source.csl),
      ("copies", source.copies), ("texts", .array(source.texts.map { json(text: $0) })),
      ("derivesFrom", source.derivations),
      (
        "grade",
        source.grade.map {
          .document(("grade", .string($0)), ("grounds", .text(source.gradeGrounds)))
        }
      ),
      ("annotations", .array(source.annotations.map(\.json))),
      ("version", .integer(source.version)), ("lastPosition", .integer(source.lastPosition)))
  }

  /// What is attached of a text; who attached it is the analysts'.
  private func json(text: JSON) -> JSON {
    guard !showsRecorders, case .object(var object) = text else { return text }
    object["attachedBy"] = nil
    return .object(object)
  }
}
