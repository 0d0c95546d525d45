public import Casebook
import StrictJSON

/// A conclusion of a file.
public struct ConclusionEntry: Sendable {
  /// Its id within the file; nil when it has none yet.
  public var id: String?
  /// The predicate, the value or state, and the qualifiers; nothing else of it counts.
  public var adopted: ClaimDraft
  /// The claims that it rests on: ids of this file, or `CASE/ID`.
  public var grounds: [String]
  /// Why they lead to it.
  public var basis: String
  /// How likely it is.
  public var likelihood: Likelihood?
  /// How sound its basis is.
  public var confidence: Confidence?
  /// Where it stands.
  public var origin: Origin
}

extension ConclusionEntry {
  /// The conclusion, from the claims that the grounds stand for.
  func draft(on claims: [ItemReference]) -> ConclusionDraft {
    ConclusionDraft(
      adopted, on: claims, basis: basis, likelihood: likelihood, confidence: confidence)
  }

  /// Cases that it may point to.
  var mentionedCases: Set<Slug> {
    let texts = [adopted.value].compactMap { $0 } + adopted.qualifiers.values
    let homes = grounds.filter { $0.contains("/") }
      .map { String($0.prefix { character in character != "/" }) }
    return Set((texts + homes).compactMap { try? Slug($0) })
  }

  var digest: String {
    Digest.of(
      ("predicate", .string(adopted.predicate)), ("state", .string(adopted.state.rawValue)),
      ("value", .optional(adopted.value)), ("not", adopted.isNegative ? true : nil),
      ("with", .object(JSONObject(adopted.qualifiers.map { ($0.key, .string($0.value)) }))),
      ("on", .list(grounds)), ("basis", .string(basis)),
      ("likelihood", .optional(likelihood?.rawValue)),
      ("confidence", .optional(confidence?.rawValue)))
  }
}

/// What a file says of whether its case is one with another.
public struct IdentityEntry: Sendable {
  /// The judgement.
  public var content: IdentityContent
  /// Where it stands.
  public var origin: Origin
}

extension IdentityEntry {
  /// The digest of the judgement, the same from both of its cases.
  var digest: String {
    Digest.of(
      ("judgement", .string(content.judgement.rawValue)), ("grounds", .string(content.grounds)))
  }
}
