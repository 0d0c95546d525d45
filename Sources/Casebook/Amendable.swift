import StrictJSON

/// Something that is recorded whole and corrected field by field. A correction stores only what it changed: a new value
/// for each field, or null for a field taken away.
protocol Amendable: Hashable {
  /// All fields, in the order of the event's payload.
  var fields: JSONObject { get }

  /// Reads the fields; the reader is finished afterwards.
  init(fields: inout JSONObjectReader) throws(JSONError)
}

extension Amendable {
  /// What turns this into `other`: the fields that differ, null where `other` has none.
  func changes(to other: Self) -> JSONObject {
    let old = fields
    let new = other.fields
    var changes = JSONObject()
    for member in new.members where old[member.key] != member.value {
      changes[member.key] = member.value
    }
    for key in old.keys where new[key] == nil {
      changes[key] = .null
    }
    return changes
  }

  /// Whether both are written with the same bytes: `==` takes a composed and a decomposed accent for the same.
  func isIdentical(to other: Self) -> Bool { fields == other.fields }

  /// This with the `changes` made.
  func applying(_ changes: JSONObject) throws(JSONError) -> Self {
    var merged = fields
    for member in changes.members {
      merged[member.key] = member.value == .null ? nil : member.value
    }
    var reader = JSONObjectReader(merged, path: "changes")
    let result = try Self(fields: &reader)
    try reader.finish()
    return result
  }
}
