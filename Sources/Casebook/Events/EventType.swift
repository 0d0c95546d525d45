/// The names of all events, as they are stored. Each is at schema version 1.
public enum EventType: String, Hashable, Sendable, CaseIterable {
  case casebookCreated = "casebook.created"
  case predicateDefined = "predicate.defined"
  case predicateRevised = "predicate.revised"
  case tabulationStated = "tabulation.stated"
  case tabulationCorrected = "tabulation.corrected"
  case tabulationWithdrawn = "tabulation.withdrawn"
  case eventVoided = "event.voided"
  case accessGranted = "casebook.granted"
  case accessRevoked = "casebook.revoked"

  case sourceRegistered = "source.registered"
  case sourceAmended = "source.amended"
  case copyRegistered = "source.copy-registered"
  case textAttached = "source.text-attached"
  case sourceDerived = "source.derived"
  case sourceGraded = "source.graded"

  case caseOpened = "case.opened"
  case caseRenamed = "case.renamed"
  case caseClosed = "case.closed"
  case caseReopened = "case.reopened"
  case identityJudged = "identity.judged"

  case claimRecorded = "claim.recorded"
  case claimCorrected = "claim.corrected"
  case claimWithdrawn = "claim.withdrawn"
  case claimReinstated = "claim.reinstated"
  case claimDisputed = "claim.disputed"
  case disputeResolved = "dispute.resolved"

  case conclusionDrawn = "conclusion.drawn"
  case conclusionRevised = "conclusion.revised"
  case conclusionWithdrawn = "conclusion.withdrawn"

  case citationAdded = "citation.added"
  case citationCorrected = "citation.corrected"
  case citationWithdrawn = "citation.withdrawn"

  case annotationAdded = "annotation.added"
  case annotationRevised = "annotation.revised"
  case annotationWithdrawn = "annotation.withdrawn"

  /// Whether what somebody may do with the casebook follows from it.
  public var changesAccess: Bool { self == .accessGranted || self == .accessRevoked }

  /// The schema version that this version of Dossier writes and reads.
  public var schemaVersion: Int { 1 }
}
