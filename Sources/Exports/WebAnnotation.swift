import Calendar
public import Casebook
public import StrictJSON

/// An annotation in the W3C Web Annotation Data Model (2017), as JSON-LD.
public struct WebAnnotation: Sendable {
  /// The context in which the words below are defined.
  public static let context = JSON.string("http://www.w3.org/ns/anno.jsonld")

  /// The annotation, without its context.
  public let json: JSON

  /// The annotation of `home`, on `claim` when that is what it is about: the claim's quote is where in the source it
  /// belongs. Its addresses are made of the casebook's name and its reference there.
  public init(_ annotation: Annotation, in home: Slug, on claim: ClaimContent?, casebook: Slug) {
    let iri = { (reference: String) in JSON.string("urn:dossier:\(casebook):\(reference)") }
    var json = JSONObject([
      ("id", iri("\(home)/a\(annotation.number)")), ("type", "Annotation"),
      ("motivation", .string((annotation.content.motivation ?? .commenting).rawValue)),
      ("created", .string(annotation.recorded.at.description)),
    ])
    if annotation.changed != annotation.recorded {
      json["modified"] = .string(annotation.changed.at.description)
    }
    if !annotation.recorded.by.isEmpty {
      json["creator"] = ["type": "Person", "name": .string(annotation.recorded.by)]
    }
    var bodies: [JSON] = [
      [
        "type": "TextualBody", "value": .string(annotation.content.text),
        "format": "text/plain",
      ]
    ]
    bodies += annotation.content.tags.map {
      ["type": "TextualBody", "purpose": "tagging", "value": .string($0)]
    }
    json["body"] = .array(bodies)
    var targets = [iri(annotation.content.target.description)]
    if let claim, let quote = claim.quote {
      targets.append([
        "type": "SpecificResource", "source": iri(claim.source.text),
        "selector": ["type": "TextQuoteSelector", "exact": .string(quote)],
      ])
    }
    json["target"] = targets.count == 1 ? targets[0] : .array(targets)
    self.json = .object(json)
  }
}
