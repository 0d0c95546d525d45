/// Why a command was refused: what is wrong and what to do instead. A refused command changes nothing.
public struct Refusal: Error, Hashable, Sendable {
  /// The guard that refused, for programs; people read `message` and `remedy`.
  public enum Rule: String, Sendable {
    case badSlug, badReference, badValue, badDate, badQualifier, badField, badCriterion
    case missingLocator, missingSource, missingReason, missingValue, missingText, missingGrounds
    case unknownCase, unknownSource, unknownPredicate, unknownClaim, unknownCitation
    case unknownAnnotation, unknownDispute, unknownConclusion, unknownTabulation, unknownEvent
    case unknownMember
    case alreadyExists, sameClaim, nothingChanged
    case caseClosed, caseOpen, claimWithdrawn, claimCurrent, alreadyWithdrawn, alreadyResolved
    case predicateTypeFixed, sourceFixed, cycle, notUndoable, notAllowed
    case badText, quoteNotThere
  }

  /// The guard that refused.
  public let rule: Rule
  /// What is wrong and where, in one sentence without a final full stop.
  public let message: String
  /// What to do instead, as a sentence fragment, or nil when the message says it all.
  public let remedy: String?

  /// A refusal by `rule` that says `message` and, if there is one, the `remedy`.
  public init(_ rule: Rule, _ message: String, remedy: String? = nil) {
    self.rule = rule
    self.message = message
    self.remedy = remedy
  }

  /// True when the thing that was named does not exist, as opposed to being wrong.
  public var isNotFound: Bool { rule.rawValue.hasPrefix("unknown") }
}

extension Refusal: CustomStringConvertible {
  /// Message and remedy in one line.
  public var description: String {
    remedy.map { "\(message). \($0)" } ?? message
  }
}
