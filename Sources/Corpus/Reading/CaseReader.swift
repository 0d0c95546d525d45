import Casebook
import StrictJSON

/// Reads a case's file.
struct CaseReader {
  let file: String
  let log: ProblemLog
  /// Whether every entry must have an id; in an editor new ones have none.
  let needsIDs: Bool

  /// The entries by id, to find what others refer to.
  private var places: [String: (kind: Kind, origin: Origin)] = [:]

  enum Kind: String {
    case claim, citation, annotation, dispute, conclusion
  }

  init(file: String, needsIDs: Bool = true, _ log: ProblemLog) {
    self.file = file
    self.needsIDs = needsIDs
    self.log = log
  }

  /// The case; nil, with the problems noted, when it cannot be read.
  mutating func read(_ root: YAMLNode) -> CaseFile? {
    guard var fields = Fields(root, of: file, log) else { return nil }
    let slug = fields.requiredSlug("case", "give the case's short name")
    let kind: CaseKind? = fields.requiredChoice(
      "kind", "say person, group, place, work, object or event")
    let name = fields.text("name")
    var claims: [ClaimEntry] = []
    for (index, node) in fields.list("voices").enumerated() {
      readVoice(node, "voices[\(index)]", into: &claims)
    }
    var annotations: [AnnotationEntry] = []
    for (index, node) in fields.list("annotations").enumerated() {
      if let entry = annotation(node, "annotations[\(index)]") { annotations.append(entry) }
    }
    var disputes: [DisputeEntry] = []
    for (index, node) in fields.list("disputes").enumerated() {
      if let entry = dispute(node, "disputes[\(index)]") { disputes.append(entry) }
    }
    var conclusions: [ConclusionEntry] = []
    for (index, node) in fields.list("conclusions").enumerated() {
      if let entry = conclusion(node, "conclusions[\(index)]") { conclusions.append(entry) }
    }
    var identities: [IdentityEntry] = []
    for (index, node) in fields.list("identities").enumerated() {
      if let entry = identity(node, "identities[\(index)]") { identities.append(entry) }
    }
    fields.finish()
    checkTargets(annotations, disputes)
    checkGrounds(conclusions)
    refuseRepeated(claims)
    guard let slug, let kind else { return nil }
    return CaseFile(
      file: Entry(
        slug.text, CaseContent(slug: slug, kind: kind, name: name), fields.origin),
      claims: claims, annotations: annotations, disputes: disputes, conclusions: conclusions,
      identities: identities)
  }
}

// MARK: Entries

extension CaseReader {
  private mutating func readVoice(
    _ node: YAMLNode, _ place: String, into claims: inout [ClaimEntry]
  ) {
    guard var fields = Fields(node, of: file, at: place, log) else { return }
    let source = fields.required("source", "say whose claims these are")
    let locator = fields.text("locator")
    for (index, node) in fields.list("claims").enumerated() {
      guard
        var entry = claim(node, "claims[\(index)]", source: source, locator: locator)
      else { continue }
      entry.origin = entry.origin.inheriting(["source", "locator"], from: fields.origin)
      claims.append(entry)
    }
    fields.finish()
  }

  private mutating func claim(
    _ node: YAMLNode, _ place: String, source: String?, locator: String?
  ) -> ClaimEntry? {
    guard var fields = entry(node, place) else { return nil }
    let id = id(&fields, .claim)
    let predicate = fields.required("predicate", "see vocabulary.yaml for those there are")
    var draft = ClaimDraft(predicate: predicate ?? "")
    readValue(&fields, into: &draft)
    draft.hedge = fields.text("hedge")
    draft.asWritten = fields.text("as-written")
    readStance(&fields, into: &draft)
    draft.source = source
    draft.locator = fields.text("locator") ?? locator
    if draft.locator == nil, !fields.contains("locator") {
      fields.refuse("locator is missing; say where in the source, here or for the whole voice")
    }
    draft.quote = fields.text("quote")
    let citations = citations(&fields)
    fields.finish()
    guard predicate != nil, source != nil, draft.locator != nil else { return nil }
    return ClaimEntry(id: id, draft: draft, citations: citations, origin: fields.origin)
  }

  /// Reads the value or state, that it was not this, and the qualifiers.
  func readValue(_ fields: inout Fields, into draft: inout ClaimDraft) {
    draft.value = fields.text("value")
    if let state: Assertion.State = fields.choice("state") { draft.state = state }
    switch (draft.state, fields.contains("value")) {
    case (.value, false):
      fields.refuse(
        "value is missing; give it, or say state: somevalue, novalue or unknown", at: "state")
    case (.value, true), (_, false): break
    case (let state, true):
      fields.refuse("it has both a value and the state \(state.rawValue); keep one", at: "state")
    }
    draft.isNegative = fields.flag("not") ?? false
    for pair in fields.pairs("with") { draft.qualifiers[pair.key] = pair.text }
  }

  private func readStance(_ fields: inout Fields, into draft: inout ClaimDraft) {
    let stances: [Attribution.Stance] = [.reports, .doubts, .denies]
    let given = stances.filter { fields.contains($0.rawValue) }
    for stance in stances {
      guard let who = fields.text(stance.rawValue) else { continue }
      draft.stance = stance
      draft.saidBy = who
    }
    if given.count > 1 {
      let names = given.map(\.rawValue).joined(separator: " and ")
      fields.refuse("it has \(names); a claim has one stance", at: given[1].rawValue)
    }
    guard let stance: Attribution.Stance = fields.choice("stance") else { return }
    if given.isEmpty {
      draft.stance = stance
    } else {
      fields.refuse("stance is given twice; \(given[0].rawValue) says it already", at: "stance")
    }
  }

  private mutating func citations(_ fields: inout Fields) -> [CitationEntry] {
    var citations: [CitationEntry] = []
    let outer = fields.place
    for (index, node) in fields.list("citations").enumerated() {
      let place = "\(outer): citations[\(index)]"
      guard var fields = entry(node, place) else { continue }
      let id = id(&fields, .citation)
      let work = fields.requiredSlug("work", "name the source cited")
      let locator = fields.text("locator")
      let note = fields.text("note")
      let role: CitationContent.Role? =
        fields.contains("as") ? fields.choice("as") : .restsOn
      fields.finish()
      guard let work, let role else { continue }
      citations.append(
        CitationEntry(
          id: id, work: work, locator: locator, note: note, role: role, origin: fields.origin))
    }
    return citations
  }

  private mutating func annotation(_ node: YAMLNode, _ place: String) -> AnnotationEntry? {
    guard var fields = entry(node, place) else { return nil }
    let id = id(&fields, .annotation)
    let target = fields.text("on").flatMap { $0 == "case" ? nil : $0 }
    let text = fields.required("text", "say what there is to say")
    let motivation: Motivation? = fields.choice("motivation")
    let tags = fields.texts("tags")
    let citations = citations(&fields)
    fields.finish()
    guard let text else { return nil }
    return AnnotationEntry(
      id: id, target: target, text: text, motivation: motivation, tags: tags,
      citations: citations, origin: fields.origin)
  }

  private mutating func dispute(_ node: YAMLNode, _ place: String) -> DisputeEntry? {
    guard var fields = entry(node, place) else { return nil }
    let id = id(&fields, .dispute)
    let claim = fields.required("claim", "name the claim disputed by its id")
    let grounds = fields.required("grounds", "say why")
    let counter = fields.text("counter")
    fields.finish()
    guard let claim, let grounds else { return nil }
    return DisputeEntry(
      id: id, claim: claim, grounds: grounds, counter: counter, origin: fields.origin)
  }

  /// The fields of an entry, named in messages by place and id.
  func entry(_ node: YAMLNode, _ place: String) -> Fields? {
    guard case .mapping(let members, _) = node,
      case .scalar(let id, _)? = members.first(where: { $0.key == "id" })?.value
    else {
      return Fields(node, of: file, at: place, log)
    }
    return Fields(node, of: file, at: "\(place) (\(id))", log)
  }

  mutating func id(_ fields: inout Fields, _ kind: Kind) -> String? {
    guard needsIDs || fields.contains("id") else { return nil }
    guard let id = fields.required("id", "give one that stays the same, such as birth-date")
    else { return nil }
    guard fields.slug(id, at: "id") != nil else { return nil }
    if id == "case" {
      fields.refuse("the id \"case\" stands for the case itself; choose another", at: "id")
    }
    if let first = places[id] {
      fields.refuse(
        "the id \"\(id)\" is taken by the \(first.kind.rawValue) on line \(first.origin.line)",
        at: "id")
    } else {
      places[id] = (kind, fields.origin)
    }
    return id
  }
}

// MARK: References between entries

extension CaseReader {
  private func checkTargets(_ annotations: [AnnotationEntry], _ disputes: [DisputeEntry]) {
    for entry in annotations {
      guard let target = entry.target else { continue }
      if places[target] == nil {
        refuse(entry.origin, "on", target, among: Array(places.keys))
      }
    }
    let claims = places.filter { $0.value.kind == .claim }.keys.sorted()
    for entry in disputes {
      if places[entry.claim]?.kind != .claim {
        refuse(entry.origin, "claim", entry.claim, among: claims)
      }
      if let counter = entry.counter, !counter.contains("/"), places[counter]?.kind != .claim {
        refuse(entry.origin, "counter", counter, among: claims)
      }
    }
    refuseCircles(annotations)
  }

  private func checkGrounds(_ conclusions: [ConclusionEntry]) {
    let claims = places.filter { $0.value.kind == .claim }.keys.sorted()
    for entry in conclusions {
      for ground in entry.grounds where !ground.contains("/") && places[ground]?.kind != .claim {
        refuse(entry.origin, "on", ground, among: claims)
      }
    }
  }

  private func refuse(_ origin: Origin, _ field: String, _ id: String, among known: [String]) {
    let what = known.count == places.count ? "entry" : "claim"
    log.add(
      origin.problem(
        "\(field): this file has no \(what) \"\(id)\""
          + Fields.suggestion(for: id, among: known.sorted()), at: field))
  }

  /// Annotations may be about one another, but not in a circle.
  private func refuseCircles(_ annotations: [AnnotationEntry]) {
    var owners: [String: String] = [:]
    for entry in annotations {
      guard let id = entry.id else { continue }
      for citation in entry.citations { if let inner = citation.id { owners[inner] = id } }
      owners[id] = entry.target
    }
    // Each is followed once, up to where another way has been already.
    var followed: Set<String> = []
    var inCircles: Set<String> = []
    for start in annotations.compactMap(\.id) {
      var way: [String] = []
      var next: String? = start
      while let current = next, followed.insert(current).inserted {
        way.append(current)
        next = owners[current]
      }
      if let next, let first = way.firstIndex(of: next) { inCircles.formUnion(way[first...]) }
    }
    if let entry = annotations.first(where: { $0.id.map(inCircles.contains) ?? false }) {
      log.add(entry.origin.problem("it is about itself, in a circle", at: "on"))
    }
  }

  private func refuseRepeated(_ claims: [ClaimEntry]) {
    var first: [ClaimDraft: Origin] = [:]
    for entry in claims {
      if let earlier = first[entry.draft] {
        log.add(
          entry.origin.problem(
            "it says exactly what \(earlier.place) on line \(earlier.line) says; keep one"))
      } else {
        first[entry.draft] = entry.origin
      }
    }
  }
}
