/// A conclusion as the events up to now leave it.
public struct Conclusion: Hashable, Sendable {
  /// Its number within the case: 2 for `k2`.
  public let number: Int
  /// What it says, revisions included.
  public var content: ConclusionContent
  /// Whether it has been withdrawn.
  public var isWithdrawn = false
  /// How often it has been drawn or revised.
  public var revision = 1
  /// When it was drawn.
  public let recorded: Stamp
  /// When it last changed.
  public var changed: Stamp
  /// The mark of the last import that drew or revised it.
  public var mark: ImportMark?
  /// True when the last change was not made by an import.
  public var hasDiverged = false
}

/// What became of a claim after a conclusion was drawn from it.
public struct MovedGround: Hashable, Sendable {
  /// What was done to the claim.
  public enum Move: String, Hashable, Sendable {
    case corrected, withdrawn, reinstated, disputed
  }

  /// The claim.
  public let claim: ItemReference
  /// What was done to it last, or that it was disputed.
  public let move: Move
  /// Where in the log; nil when the claim is not there any more.
  public let position: Int64?
}

extension Conclusion {
  /// The cases that it names: those of the claims it rests on, and any its value or its qualifiers point to.
  public var namedCases: Set<Slug> {
    ConclusionDraft(content).adopted.mentionedSlugs.union(content.grounds.map(\.home))
  }

  /// What became of the claims it rests on since it was drawn or last revised; it is stale when anything did.
  ///
  /// - Parameters:
  ///   - file: its case.
  ///   - others: other cases whose claims it rests on; what became of claims of those not among them is not known.
  /// - Returns: each claim with what was done to it, in the order in which the conclusion names them.
  public func movedGrounds(in file: Case, and others: [Slug: Case]) -> [MovedGround] {
    guard !isWithdrawn else { return [] }
    return content.grounds.flatMap { ground -> [MovedGround] in
      guard let home = ground.home == file.slug ? file : others[ground.home] else { return [] }
      guard let claim = home.claims[ground.number] else {
        return [MovedGround(claim: ground, move: .withdrawn, position: nil)]
      }
      var moves: [MovedGround] = []
      if claim.changed.position > changed.position {
        let move: MovedGround.Move =
          claim.status == .withdrawn
          ? .withdrawn : claim.correction == nil ? .reinstated : .corrected
        moves.append(.init(claim: ground, move: move, position: claim.changed.position))
      }
      for dispute in home.disputes(of: ground.number)
      where dispute.recorded.position > changed.position {
        moves.append(.init(claim: ground, move: .disputed, position: dispute.recorded.position))
      }
      return moves
    }
  }
}
