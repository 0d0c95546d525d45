/// Something that happened, in the past tense. Events are facts: they are appended once and never change.
///
/// The numbers are those of references within the event's stream: 12 for `c12`.
public indirect enum Event: Hashable, Sendable {
  // MARK: On the casebook
  case casebookCreated(CasebookContent)
  case predicateDefined(Predicate, ImportMark?)
  case predicateRevised(id: String, Revision)
  case tabulationStated(TabulationContent, ImportMark?)
  case tabulationCorrected(id: Slug, Revision)
  case tabulationWithdrawn(id: Slug, reason: String)
  case eventVoided(position: Int64, reason: String)
  case accessGranted(AccessContent)
  case accessRevoked(role: String)

  // MARK: On a source
  case sourceRegistered(SourceContent, ImportMark?)
  case sourceAmended(Revision)
  case copyRegistered(SourceCopy, ImportMark?)
  case textAttached(TextAttachment)
  case sourceDerived(SourceDerivation, ImportMark?)
  case sourceGraded(SourceGrade, grounds: String)

  // MARK: On a case
  case caseOpened(CaseContent, ImportMark?)
  case caseRenamed(name: String, reason: String?, ImportMark?)
  case caseClosed(reason: String)
  case caseReopened(reason: String)
  case identityJudged(IdentityContent, ImportMark?)
  case claimRecorded(Int, ClaimContent, ImportMark?)
  case claimCorrected(Int, Revision)
  case claimWithdrawn(Int, reason: String)
  case claimReinstated(Int, reason: String)
  case claimDisputed(Int, DisputeContent, ImportMark?)
  case disputeResolved(Int, resolution: String)
  case conclusionDrawn(Int, ConclusionContent, ImportMark?)
  case conclusionRevised(Int, Revision)
  case conclusionWithdrawn(Int, reason: String)
  case citationAdded(Int, CitationContent, ImportMark?)
  case citationCorrected(Int, Revision)
  case citationWithdrawn(Int, reason: String)

  // MARK: On any of them
  case annotationAdded(Int, AnnotationContent, ImportMark?)
  case annotationRevised(Int, Revision)
  case annotationWithdrawn(Int, reason: String)

  /// The name under which it is stored.
  public var type: EventType {
    switch self {
    case .casebookCreated: .casebookCreated
    case .predicateDefined: .predicateDefined
    case .predicateRevised: .predicateRevised
    case .tabulationStated: .tabulationStated
    case .tabulationCorrected: .tabulationCorrected
    case .tabulationWithdrawn: .tabulationWithdrawn
    case .eventVoided: .eventVoided
    case .accessGranted: .accessGranted
    case .accessRevoked: .accessRevoked
    case .sourceRegistered: .sourceRegistered
    case .sourceAmended: .sourceAmended
    case .copyRegistered: .copyRegistered
    case .textAttached: .textAttached
    case .sourceDerived: .sourceDerived
    case .sourceGraded: .sourceGraded
    case .caseOpened: .caseOpened
    case .caseRenamed: .caseRenamed
    case .caseClosed: .caseClosed
    case .caseReopened: .caseReopened
    case .identityJudged: .identityJudged
    case .claimRecorded: .claimRecorded
    case .claimCorrected: .claimCorrected
    case .claimWithdrawn: .claimWithdrawn
    case .claimReinstated: .claimReinstated
    case .claimDisputed: .claimDisputed
    case .disputeResolved: .disputeResolved
    case .conclusionDrawn: .conclusionDrawn
    case .conclusionRevised: .conclusionRevised
    case .conclusionWithdrawn: .conclusionWithdrawn
    case .citationAdded: .citationAdded
    case .citationCorrected: .citationCorrected
    case .citationWithdrawn: .citationWithdrawn
    case .annotationAdded: .annotationAdded
    case .annotationRevised: .annotationRevised
    case .annotationWithdrawn: .annotationWithdrawn
    }
  }
}
