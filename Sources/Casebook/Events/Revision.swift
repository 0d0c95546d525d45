public import StrictJSON

/// What kind of mistake of ours a correction mends.
public enum CorrectionKind: String, Hashable, Sendable, CaseIterable {
  /// We copied it wrongly.
  case transcription
  /// We understood it wrongly.
  case interpretation
  /// We noted the wrong place.
  case locator
  /// We noted the wrong work or place in it.
  case citation
  /// The copy we read was at fault.
  case copy
}

/// A change of something recorded: the fields that changed, and why.
public struct Revision: Hashable, Sendable {
  /// The kind of mistake, for corrections of what a source says.
  public let kind: CorrectionKind?
  /// Why.
  public let reason: String?
  /// The new value of each changed field; null for a field taken away.
  public let changes: JSONObject
  /// Where it was imported from, if it was.
  public let mark: ImportMark?

  init(kind: CorrectionKind? = nil, reason: String?, changes: JSONObject, mark: ImportMark?) {
    self.kind = kind
    self.reason = reason
    self.changes = changes
    self.mark = mark
  }
}

extension Revision {
  /// Adds the revision's members to the payload that names what is revised.
  func write(to object: inout JSONObject) {
    object["kind"] = kind.map { .string($0.rawValue) }
    object["reason"] = reason.map(JSON.string)
    object["changes"] = .object(changes)
    object["import"] = mark?.json
  }

  init(_ reader: inout JSONObjectReader) throws(JSONError) {
    kind = reader.contains("kind") ? try reader.choice("kind") : nil
    reason = try reader.optionalString("reason")
    changes = try reader.object("changes")
    mark = try reader.importMark()
  }
}
