public import StrictJSON

extension Event {
  /// The payload that is stored.
  public var data: JSON {
    var object = JSONObject()
    switch self {
    case .casebookCreated(let content): object = content.fields
    case .predicateDefined(let predicate, let mark):
      object = predicate.fields
      object["import"] = mark?.json
    case .predicateRevised(let id, let revision):
      object["id"] = .string(id)
      revision.write(to: &object)
    case .tabulationStated(let content, let mark):
      object = content.fields
      object["import"] = mark?.json
    case .tabulationCorrected(let id, let revision):
      object["id"] = .string(id.text)
      revision.write(to: &object)
    case .tabulationWithdrawn(let id, let reason):
      object["id"] = .string(id.text)
      object["reason"] = .string(reason)
    case .eventVoided(let position, let reason):
      object["position"] = .integer(position)
      object["reason"] = .string(reason)
    case .accessGranted(let content): object = content.fields
    case .accessRevoked(let role): object["role"] = .string(role)
    case .sourceRegistered(let content, let mark):
      object = content.fields
      object["import"] = mark?.json
    case .sourceAmended(let revision): revision.write(to: &object)
    case .copyRegistered(let copy, let mark):
      object = copy.fields
      object["import"] = mark?.json
    case .textAttached(let text): object = text.fields
    case .sourceDerived(let derivation, let mark):
      object = derivation.fields
      object["import"] = mark?.json
    case .sourceGraded(let grade, let grounds):
      object["grade"] = .string(grade.rawValue)
      object["grounds"] = .string(grounds)
    case .caseOpened(let content, let mark):
      object = content.fields
      object["import"] = mark?.json
    case .caseRenamed(let name, let reason, let mark):
      object["name"] = .string(name)
      object["reason"] = reason.map(JSON.string)
      object["import"] = mark?.json
    case .caseClosed(let reason), .caseReopened(let reason):
      object["reason"] = .string(reason)
    case .identityJudged(let content, let mark):
      object = content.fields
      object["import"] = mark?.json
    case .claimRecorded(let number, let content, let mark):
      object = Self.item(.claim, number, content.fields)
      object["import"] = mark?.json
    case .claimCorrected(let number, let revision):
      object = Self.item(.claim, number)
      revision.write(to: &object)
    case .claimWithdrawn(let number, let reason), .claimReinstated(let number, let reason):
      object = Self.item(.claim, number, ["reason": .string(reason)])
    case .claimDisputed(let number, let content, let mark):
      object = Self.item(.dispute, number, content.fields)
      object["import"] = mark?.json
    case .disputeResolved(let number, let resolution):
      object = Self.item(.dispute, number, ["resolution": .string(resolution)])
    case .conclusionDrawn(let number, let content, let mark):
      object = Self.item(.conclusion, number, content.fields)
      object["import"] = mark?.json
    case .conclusionRevised(let number, let revision):
      object = Self.item(.conclusion, number)
      revision.write(to: &object)
    case .conclusionWithdrawn(let number, let reason):
      object = Self.item(.conclusion, number, ["reason": .string(reason)])
    case .citationAdded(let number, let content, let mark):
      object = Self.item(.citation, number, content.fields)
      object["import"] = mark?.json
    case .citationCorrected(let number, let revision):
      object = Self.item(.citation, number)
      revision.write(to: &object)
    case .citationWithdrawn(let number, let reason):
      object = Self.item(.citation, number, ["reason": .string(reason)])
    case .annotationAdded(let number, let content, let mark):
      object = Self.item(.annotation, number, content.fields)
      object["import"] = mark?.json
    case .annotationRevised(let number, let revision):
      object = Self.item(.annotation, number)
      revision.write(to: &object)
    case .annotationWithdrawn(let number, let reason):
      object = Self.item(.annotation, number, ["reason": .string(reason)])
    }
    return .object(object)
  }

  private static func item(
    _ kind: ItemReference.Kind, _ number: Int, _ rest: JSONObject = JSONObject()
  ) -> JSONObject {
    var object = JSONObject()
    object["ref"] = .string("\(kind.rawValue)\(number)")
    for member in rest.members { object[member.key] = member.value }
    return object
  }
}
