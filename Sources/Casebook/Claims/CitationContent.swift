import StrictJSON

/// A claim's or an annotation's reference to a further work.
public struct CitationContent: Hashable, Sendable {
  /// How the citing text uses the work.
  public enum Role: String, Hashable, Sendable, CaseIterable {
    /// It rests on it as evidence.
    case restsOn = "rests-on"
    /// It quotes it.
    case quotes
    /// It points to it.
    case see
  }

  /// What cites: a claim (`c12`) or an annotation (`a3`) of the same case.
  public var target: CitationTarget
  /// The source cited.
  public var work: Slug
  /// Where in the work.
  public var locator: String?
  /// The number of the note that cites it.
  public var note: String?
  /// How the citing text uses the work.
  public var role: Role

  /// A citation of `work` by `target`.
  public init(target: CitationTarget, work: Slug, locator: String?, note: String?, role: Role) {
    self.target = target
    self.work = work
    self.locator = locator
    self.note = note
    self.role = role
  }
}

/// What a citation is attached to.
public enum CitationTarget: Hashable, Sendable {
  case claim(Int)
  case annotation(Int)

  /// The reference within the case.
  public var local: String {
    switch self {
    case .claim(let number): "c\(number)"
    case .annotation(let number): "a\(number)"
    }
  }
}

extension CitationContent: Amendable {
  var fields: JSONObject {
    var fields = JSONObject()
    fields["target"] = .string(target.local)
    fields["work"] = .string(work.text)
    fields["locator"] = locator.map(JSON.string)
    fields["note"] = note.map(JSON.string)
    fields["as"] = .string(role.rawValue)
    return fields
  }

  init(fields reader: inout JSONObjectReader) throws(JSONError) {
    let text = try reader.string("target")
    switch ItemReference.parseLocal(text) {
    case (.claim, let number)?: target = .claim(number)
    case (.annotation, let number)?: target = .annotation(number)
    default: throw reader.error("\"\(text)\" is not a claim or an annotation", at: "target")
    }
    work = try reader.slug("work")
    locator = try reader.optionalString("locator")
    note = try reader.optionalString("note")
    role = try reader.choice("as")
  }
}
