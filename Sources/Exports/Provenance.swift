import Calendar
public import Casebook
public import StrictJSON

/// A casebook's history in the W3C's PROV data model (PROV-DM, 2013), as PROV-JSON (W3C member submission, 2013).
///
/// Everything with a reference is an entity, `gouzenko/c12`, and what an event made of it is one too, `gouzenko/c12@431`,
/// which specializes it. Events are activities, people are agents.
///
/// - A correction or revision is a derivation of type `prov:Revision` from the version before.
/// - A claim or a count derives from its source (`prov:PrimarySource`), and from the works that it cites as resting on
///   them or quoting them (`prov:Quotation`); a source from those that it was derived from.
/// - A conclusion derives from the claims that it rests on.
/// - Withdrawn is invalidated; two cases that an analyst holds to be one are alternates.
public struct Provenance {
  private let casebook: Slug
  private let basis: String
  private var records: [Record] = []
  /// The event that made the last version of each thing.
  private var versions: [String: Int64] = [:]
  /// Things that are withdrawn, or that rest on what is not heard.
  private var withdrawn: Set<String> = []
  private var unheard: Set<String> = []
  private var owners: [String: String] = [:]
  /// What is said of a thing only once, however often it changes: by thing.
  private var ties: [String: [Record]] = [:]

  /// The history of a casebook, nothing of which has been added yet.
  public init(casebook: Slug, basis: String) {
    self.casebook = casebook
    self.basis = basis
  }

  /// Adds an event with the state that it left. Those of a stream come in their order.
  public mutating func add(_ fact: Fact, leaving state: CasebookState, isHeard: Bool) {
    let about = thing(of: fact, in: state)
    guard isHeard else {
      // A conclusion that comes to rest on what is not heard is not heard from its beginning.
      if case .conclusionRevised = fact.event, about == nil {
        unheard.insert(fact.reference.description)
      }
      return
    }
    guard let thing = about else { return }
    owners[thing.name] = thing.owner
    let event = "@\(fact.position)"
    let time = JSON.string(fact.recordedAt.description)
    records.append(
      Record(
        .activity, thing.name, id: event,
        [
          ("prov:startTime", time), ("prov:endTime", time),
          ("prov:type", Self.term(fact.event.type.rawValue)),
        ] + (thing.reason.map { [("dossier:reason", .string($0))] } ?? [])))
    if state.voices.includesAnalysts {
      records.append(
        Record(
          .wasAssociatedWith, thing.name,
          [("prov:activity", name(event)), ("prov:agent", .string(Self.person(fact.recordedBy)))],
          person: fact.recordedBy))
    }
    let last = versions[thing.name]
    let lastName = last.map { "\(thing.name)@\($0)" }
    switch thing.change {
    case .withdrawn:
      withdrawn.insert(thing.name)
      guard let lastName else { return }
      records.append(
        Record(
          .wasInvalidatedBy, thing.name,
          [("prov:entity", name(lastName)), ("prov:activity", name(event)), ("prov:time", time)]))
    case .spokenOf:
      records.append(
        Record(
          .used, thing.name, [("prov:activity", name(event)), ("prov:entity", name(thing.name))]))
    case .made:
      withdrawn.remove(thing.name)
      if last == nil {
        records.append(
          Record(.entity, thing.name, id: thing.name, [("prov:type", Self.term(thing.type))]))
      }
      versions[thing.name] = fact.position
      let version = "\(thing.name)@\(fact.position)"
      records.append(
        Record(
          .entity, thing.name, id: version,
          [("prov:type", Self.term(thing.type)), ("prov:label", .string(thing.label))]
            + thing.says.map { ("dossier:\($0)", .string($1)) }))
      records.append(
        Record(
          .specializationOf, thing.name,
          [("prov:specificEntity", name(version)), ("prov:generalEntity", name(thing.name))]))
      records.append(
        Record(
          .wasGeneratedBy, thing.name,
          [("prov:entity", name(version)), ("prov:activity", name(event)), ("prov:time", time)]))
      if let lastName {
        records.append(
          derivation(
            of: thing.name, version, from: lastName, by: event, "Revision"))
      }
    }
    guard let others = thing.others else { return }
    ties[thing.name] = others.map { tie in
      tie.isAlternate
        ? Record(
          .alternateOf, thing.name,
          [("prov:alternate1", name(tie.from)), ("prov:alternate2", name(tie.to))], needs: [tie.to])
        : derivation(
          of: thing.name, tie.from, from: tie.to, by: nil, tie.type, needs: [tie.from, tie.to])
    }
  }

  /// The document, with what has been withdrawn, as invalidated, if `includesWithdrawn`.
  public func json(includesWithdrawn: Bool) -> JSON {
    let hidden = includesWithdrawn ? unheard : unheard.union(withdrawn)
    let kept = (records + ties.sorted { $0.key < $1.key }.flatMap(\.value)).filter { record in
      ([record.thing] + record.needs).allSatisfy { thing in
        !hidden.contains(thing) && !(owners[thing].map(hidden.contains) ?? false)
      }
    }
    var sections: [Record.Kind: [(String, JSON)]] = [:]
    sections[.entity] = [
      (
        "book:casebook",
        ["prov:type": Self.term("Casebook"), "prov:label": .string(basis)]
      )
    ]
    // What is only pointed at, a work that is not heard for one, is an entity too.
    let known = Set(kept.lazy.filter { $0.kind == .entity }.compactMap(\.id) + ["casebook"])
    for other in Set(kept.flatMap(\.needs)).subtracting(known).sorted() {
      sections[.entity]?.append(("book:\(other)", .object(JSONObject())))
    }
    for person in Set(kept.compactMap(\.person)).sorted() {
      sections[.agent, default: []].append(
        (
          Self.person(person),
          [
            "prov:type": ["$": "prov:Person", "type": "prov:QUALIFIED_NAME"],
            "prov:label": .string(person),
          ]
        ))
    }
    var number = 0
    for record in kept {
      if record.id == nil { number += 1 }
      sections[record.kind, default: []].append(
        (
          record.id.map { "book:\($0)" } ?? "_:id\(number)", .object(JSONObject(record.members))
        ))
    }
    var document: [(String, JSON)] = [
      (
        "prefix",
        [
          "book": .string("urn:dossier:\(casebook):"), "dossier": "urn:dossier-terms:",
          "person": "urn:dossier-people:",
        ]
      )
    ]
    document += Record.Kind.allCases.compactMap { kind in
      sections[kind].map { (kind.rawValue, .object(JSONObject(distinct: $0))) }
    }
    return .object(JSONObject(document))
  }

  // MARK: Names

  private func name(_ reference: String) -> JSON { .string("book:\(reference)") }

  private static func term(_ id: String) -> JSON {
    ["$": .string("dossier:\(id)"), "type": "prov:QUALIFIED_NAME"]
  }

  /// A person's name as the local part of a qualified name: what cannot stand in one is percent-encoded.
  private static func person(_ name: String) -> String {
    let encoded = name.utf8.map { byte in
      let character = Character(Unicode.Scalar(byte))
      return character.isASCII && (character.isLetter || character.isNumber || character == "_")
        ? String(character) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16).uppercased()
    }
    return "person:" + encoded.joined()
  }

  private func derivation(
    of thing: String, _ entity: String, from other: String, by event: String?, _ type: String?,
    needs: [String] = []
  ) -> Record {
    var members: [(String, JSON)] = [
      ("prov:generatedEntity", name(entity)), ("prov:usedEntity", name(other)),
    ]
    if let event { members.append(("prov:activity", name(event))) }
    if let type {
      members.append(
        ("prov:type", ["$": .string("prov:\(type)"), "type": "prov:QUALIFIED_NAME"]))
    }
    return Record(.wasDerivedFrom, thing, members, needs: needs)
  }
}

/// A member of a PROV-JSON document.
private struct Record {
  enum Kind: String, CaseIterable {
    case entity, activity, agent
    case wasGeneratedBy, used, wasAssociatedWith, wasInvalidatedBy, wasDerivedFrom
    case specializationOf, alternateOf
  }

  let kind: Kind
  /// The thing whose history it belongs to.
  let thing: String
  /// Its name, for entities and activities.
  let id: String?
  let members: [(String, JSON)]
  /// The things without which it says nothing.
  let needs: [String]
  let person: String?

  init(
    _ kind: Kind, _ thing: String, id: String? = nil, _ members: [(String, JSON)],
    needs: [String] = [], person: String? = nil
  ) {
    self.kind = kind
    self.thing = thing
    self.id = id
    self.members = members
    self.needs = needs
    self.person = person
  }
}
