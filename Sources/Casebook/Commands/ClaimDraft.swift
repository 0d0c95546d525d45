public import StrictJSON

/// A claim as it is typed in: the form shared by the command line, files and the editor. Nothing in it is checked until
/// it is read against the vocabulary.
public struct ClaimDraft: Hashable, Sendable {
  /// The predicate's id.
  public var predicate: String
  /// Which of the four states.
  public var state: Assertion.State = .value
  /// The value, for the state `value`.
  public var value: String?
  /// True when the source says that it was not this value.
  public var isNegative = false
  /// The source's own words of doubt.
  public var hedge: String?
  /// The source's wording of the value.
  public var asWritten: String?
  /// How the source speaks.
  public var stance: Attribution.Stance = .asserts
  /// Whom it credits: a case, a source, or words.
  public var saidBy: String?
  /// Qualifiers by id.
  public var qualifiers: [String: String] = [:]
  /// The source.
  public var source: String?
  /// Where in the source.
  public var locator: String?
  /// The exact words.
  public var quote: String?

  /// A draft that claims `value` for `predicate`.
  public init(predicate: String, value: String? = nil) {
    self.predicate = predicate
    self.value = value
  }

  /// The draft that would give this content.
  public init(_ content: ClaimContent) {
    predicate = content.predicate
    state = content.assertion.state
    value = content.assertion.value?.display
    isNegative = content.isNegative
    hedge = content.hedge
    asWritten = content.asWritten
    stance = content.attribution.stance
    saidBy = content.attribution.saidBy?.display
    qualifiers = content.qualifiers.mapValues(\.display)
    source = content.source.text
    locator = content.locator
    quote = content.quote
  }

  /// The canonical form.
  public var json: JSON {
    .members(
      ("predicate", .string(predicate)), ("state", .string(state.rawValue)),
      ("value", .text(value)), ("negative", isNegative ? true : nil), ("hedge", .text(hedge)),
      ("asWritten", .text(asWritten)), ("stance", .string(stance.rawValue)),
      ("saidBy", .text(saidBy)),
      (
        "qualifiers",
        .object(
          JSONObject(qualifiers.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
      ), ("source", .text(source)), ("locator", .text(locator)), ("quote", .text(quote)))
  }

  /// Slugs that may name a case: whether they do, only the casebook knows.
  var mentionedSlugs: Set<Slug> {
    let texts = [value, saidBy].compactMap { $0 } + qualifiers.values
    return Set(texts.compactMap { try? Slug($0) })
  }
}
