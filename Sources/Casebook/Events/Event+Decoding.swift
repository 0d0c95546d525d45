public import StrictJSON

extension Event {
  /// Reads a stored payload. Unknown fields are refused: an event is understood whole or not at all.
  ///
  /// - Throws: `JSONError` naming the field.
  public init(_ type: EventType, data: JSON) throws(JSONError) {
    var reader = try JSONObjectReader(data)
    self = try Self.read(type, &reader)
    try reader.finish()
  }

  private static func read(
    _ type: EventType, _ reader: inout JSONObjectReader
  ) throws(JSONError) -> Event {
    switch type {
    case .casebookCreated: .casebookCreated(try CasebookContent(fields: &reader))
    case .predicateDefined:
      .predicateDefined(try Predicate(fields: &reader), try reader.importMark())
    case .predicateRevised:
      .predicateRevised(id: try reader.string("id"), try Revision(&reader))
    case .tabulationStated:
      .tabulationStated(try TabulationContent(fields: &reader), try reader.importMark())
    case .tabulationCorrected:
      .tabulationCorrected(id: try reader.slug("id"), try Revision(&reader))
    case .tabulationWithdrawn:
      .tabulationWithdrawn(id: try reader.slug("id"), reason: try reader.string("reason"))
    case .eventVoided:
      .eventVoided(
        position: Int64(try reader.integer("position")), reason: try reader.string("reason"))
    case .accessGranted: .accessGranted(try AccessContent(fields: &reader))
    case .accessRevoked: .accessRevoked(role: try reader.string("role"))
    case .sourceRegistered:
      .sourceRegistered(try SourceContent(fields: &reader), try reader.importMark())
    case .sourceAmended: .sourceAmended(try Revision(&reader))
    case .copyRegistered:
      .copyRegistered(try SourceCopy(fields: &reader), try reader.importMark())
    case .textAttached: .textAttached(try TextAttachment(fields: &reader))
    case .sourceDerived:
      .sourceDerived(try SourceDerivation(fields: &reader), try reader.importMark())
    case .sourceGraded:
      .sourceGraded(try reader.choice("grade"), grounds: try reader.string("grounds"))
    case .caseOpened: .caseOpened(try CaseContent(fields: &reader), try reader.importMark())
    case .caseRenamed:
      .caseRenamed(
        name: try reader.string("name"), reason: try reader.optionalString("reason"),
        try reader.importMark())
    case .caseClosed: .caseClosed(reason: try reader.string("reason"))
    case .caseReopened: .caseReopened(reason: try reader.string("reason"))
    case .identityJudged:
      .identityJudged(try IdentityContent(fields: &reader), try reader.importMark())
    case .claimRecorded:
      .claimRecorded(
        try reader.number("ref", of: .claim), try ClaimContent(fields: &reader),
        try reader.importMark())
    case .claimCorrected:
      .claimCorrected(try reader.number("ref", of: .claim), try Revision(&reader))
    case .claimWithdrawn:
      .claimWithdrawn(
        try reader.number("ref", of: .claim), reason: try reader.string("reason"))
    case .claimReinstated:
      .claimReinstated(
        try reader.number("ref", of: .claim), reason: try reader.string("reason"))
    case .claimDisputed:
      .claimDisputed(
        try reader.number("ref", of: .dispute), try DisputeContent(fields: &reader),
        try reader.importMark())
    case .disputeResolved:
      .disputeResolved(
        try reader.number("ref", of: .dispute), resolution: try reader.string("resolution"))
    case .conclusionDrawn:
      .conclusionDrawn(
        try reader.number("ref", of: .conclusion), try ConclusionContent(fields: &reader),
        try reader.importMark())
    case .conclusionRevised:
      .conclusionRevised(try reader.number("ref", of: .conclusion), try Revision(&reader))
    case .conclusionWithdrawn:
      .conclusionWithdrawn(
        try reader.number("ref", of: .conclusion), reason: try reader.string("reason"))
    case .citationAdded:
      .citationAdded(
        try reader.number("ref", of: .citation), try CitationContent(fields: &reader),
        try reader.importMark())
    case .citationCorrected:
      .citationCorrected(try reader.number("ref", of: .citation), try Revision(&reader))
    case .citationWithdrawn:
      .citationWithdrawn(
        try reader.number("ref", of: .citation), reason: try reader.string("reason"))
    case .annotationAdded:
      .annotationAdded(
        try reader.number("ref", of: .annotation), try AnnotationContent(fields: &reader),
        try reader.importMark())
    case .annotationRevised:
      .annotationRevised(try reader.number("ref", of: .annotation), try Revision(&reader))
    case .annotationWithdrawn:
      .annotationWithdrawn(
        try reader.number("ref", of: .annotation), reason: try reader.string("reason"))
    }
  }
}
