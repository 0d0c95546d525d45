import Casebook
import StrictJSON

extension TrailEntry {
  /// The step as `audit` gives it.
  var json: JSON {
    .document(
      ("position", .integer(stamp.position)),
      ("recordedAt", .instant(stamp.at)),
      ("recordedBy", .string(stamp.by)),
      ("action", .string(action)),
      ("ref", .string(reference.description)),
      ("predicate", .text(predicate)),
      ("before", before.isEmpty ? nil : Self.json(before)),
      ("after", after.isEmpty ? nil : Self.json(after)),
      ("locator", .text(locator)),
      ("reason", .text(reason)),
      ("kind", .text(correction?.rawValue)),
      ("voided", isVoided ? true : nil),
      (
        "voiding",
        voiding.map {
          .document(
            ("position", .integer($0.stamp.position)), ("recordedAt", .instant($0.stamp.at)),
            ("recordedBy", .string($0.stamp.by)), ("reason", .string($0.reason)))
        }
      ))
  }

  private static func json(_ fields: [Field]) -> JSON {
    .object(JSONObject(fields.map { ($0.name, .string($0.text)) }))
  }
}

/// The steps of a case, one trail a voice: the sources in alphabetical order, the analysts last.
struct SeparatedTrails {
  /// One voice's steps.
  struct Trail {
    /// The source; nil for the analysts.
    let source: Slug?
    /// Its steps in the order of the log.
    let entries: [TrailEntry]
  }

  /// One trail a voice that has spoken.
  let trails: [Trail]

  /// Separates the steps; every one is in exactly one trail.
  init(_ entries: [TrailEntry]) {
    let byVoice = Dictionary(grouping: entries, by: \.voice)
    let sources = byVoice.keys.compactMap { $0 }.sorted()
    let voices: [Slug?] = sources.map { $0 } + (byVoice[nil] == nil ? [] : [nil])
    trails = voices.map { Trail(source: $0, entries: byVoice[$0] ?? []) }
  }

  /// Only the trails of these sources.
  func only(_ sources: Set<Slug>) -> [Trail] {
    trails.filter { $0.source.map(sources.contains) ?? false }
  }
}

extension SeparatedTrails.Trail {
  /// The trail as `audit` gives it.
  var json: JSON {
    .document(
      ("voice", source == nil ? "analyst" : "source"),
      ("source", .text(source?.text)),
      ("entries", .array(entries.map(\.json))))
  }
}
