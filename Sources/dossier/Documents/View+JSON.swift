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

  /// Whether names of recorders may be shown: they are the analysts', not the source's.
  var showsRecorders: Bool { state.voices.includesAnalysts }
}
