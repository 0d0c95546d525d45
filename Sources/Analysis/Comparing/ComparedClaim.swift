public import Casebook

/// A claim as one side of a comparison.
public struct ComparedClaim: Sendable {
  /// Both are large, and readings are passed around much.
  private final class Content: Sendable {
    let claim: Claim
    let file: Case

    init(_ claim: Claim, _ file: Case) {
      self.claim = claim
      self.file = file
    }
  }

  private let content: Content
  /// The claims of other readings that say the same in another spelling.
  public internal(set) var variants: [ItemReference] = []

  init(_ claim: Claim, in file: Case) { content = Content(claim, file) }

  /// The claim.
  public var claim: Claim { content.claim }
  /// Its case.
  public var file: Case { content.file }

  /// What it is called.
  public var reference: ItemReference { ItemReference(file.slug, .claim, claim.number) }

  /// Whether the source says so itself: what it reports, doubts or denies stands beside the comparison.
  public var isAsserted: Bool { claim.content.attribution.stance == .asserts }
  /// The source.
  public var source: Slug { claim.content.source }
}
