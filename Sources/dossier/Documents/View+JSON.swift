import Casebook
import CasebookStore
import EventLog
import StrictJSON

extension View {
  /// What a document depends on: casebook, position, time of the last event, and whose voices were heard.
  var basisJSON: JSON {
    .document(
      ("casebook", .string(casebook.text)),
      ("position", .integer(basis.position)),
      ("recordedAt", basis.recordedAt.map(JSON.instant)),
      ("filter", .text(voices.description)),
      ("undated", undated.isEmpty ? nil : .slugs(undated)),
      ("doubtful", doubtful.isEmpty ? nil : .slugs(doubtful)),
      ("imported", importedAuthors?.json))
  }

  /// A document that depends on this prefix: its basis, what a reader must know beside the answer, and the members that
  /// are there.
  func document(_ members: (String, JSON?)...) -> JSON {
    let beside: [(String, JSON?)] = [
      ("basis", basisJSON),
      ("standstills", stopped.isEmpty ? nil : .array(stopped.map(\.json))),
      (
        "voidsWithoutEffect",
        voids.withoutEffect.isEmpty
          ? nil
          : .array(
            voids.withoutEffect.sorted { $0.key < $1.key }.map { position, problem in
              .document(("position", .integer(position)), ("problem", .string(problem)))
            })
      ),
    ]
    return .object(
      JSONObject((beside + members).compactMap { key, value in value.map { (key, $0) } }))
  }

  /// Whether names of recorders may be shown: they are the analysts', not the source's.
  var showsRecorders: Bool { state.voices.includesAnalysts }
}

extension StoppedStream {
  fileprivate var json: JSON {
    .document(
      ("stream", .string("\(stream.kind.rawValue)/\(stream.text)")),
      ("position", .integer(position)), ("problem", .string(problem)),
      ("remedy", .string("dossier log void @\(position) -m REASON")))
  }
}
