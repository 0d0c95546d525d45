import StrictJSON

/// How a source speaks and whom it credits. The voice stays the source's.
public struct Attribution: Hashable, Sendable {
  /// How the source speaks.
  public enum Stance: String, Hashable, Sendable, CaseIterable {
    /// It says so itself.
    case asserts
    /// It passes on what another said.
    case reports
    /// It passes it on and doubts it.
    case doubts
    /// It passes it on and denies it.
    case denies
  }

  /// How the source speaks.
  public var stance: Stance
  /// Whom it credits.
  public var saidBy: Credit?

  /// The source asserts it and credits nobody.
  public static let asserted = Attribution(stance: .asserts, saidBy: nil)

  /// The source speaks with this `stance` and credits `saidBy`.
  public init(stance: Stance, saidBy: Credit?) {
    self.stance = stance
    self.saidBy = saidBy
  }
}

/// Whom a source credits: a case, another source, or somebody it names only in words.
public enum Credit: Hashable, Sendable {
  case caseFile(Slug)
  case source(Slug)
  case words(String)

  /// The credit as it is shown and typed in.
  public var display: String {
    switch self {
    case .caseFile(let slug), .source(let slug): slug.text
    case .words(let words): words
    }
  }
}

// MARK: JSON

extension Attribution {
  var json: JSON {
    var object = JSONObject()
    object["stance"] = .string(stance.rawValue)
    object["saidBy"] = saidBy?.json
    return .object(object)
  }

  init(_ reader: JSONObjectReader) throws(JSONError) {
    var reader = reader
    stance = try reader.choice("stance")
    saidBy = try reader.optionalReader("saidBy").map { reader throws(JSONError) in
      try Credit(reader)
    }
    try reader.finish()
  }
}

extension Credit {
  var json: JSON {
    switch self {
    case .caseFile(let slug): ["case": .string(slug.text)]
    case .source(let slug): ["source": .string(slug.text)]
    case .words(let words): ["words": .string(words)]
    }
  }

  init(_ reader: JSONObjectReader) throws(JSONError) {
    var reader = reader
    if reader.contains("case") {
      self = .caseFile(try reader.slug("case"))
    } else if reader.contains("source") {
      self = .source(try reader.slug("source"))
    } else {
      self = .words(try reader.string("words"))
    }
    try reader.finish()
  }
}
