import Casebook

/// Something that somebody might do, as a command of the domain and as a step of the model. Many are refused: both must
/// agree on which.
struct RandomStep {
  let command: any Command
  let step: (Model) -> Model?

  static let people = ["gouzenko", "barmine", "orlov"]
  static let works = ["fbi-1955", "riehle-2020", "memoir"]

  private typealias Maker = (inout SplitMix64, String, Int) throws -> RandomStep

  /// Draws a step. Every text says whose it is: `VOICE-fbi-1955`, or `ANALYST`.
  init(using random: inout SplitMix64) throws {
    let slug = random.pick(Self.people + ["petrov"])
    let number = random.number(5)
    let makers: [Maker] = [
      Self.record, Self.record, Self.record, Self.correct, Self.correct, Self.withdraw,
      Self.reinstate, Self.dispute, Self.resolve, Self.cite, Self.cite, Self.correctCitation,
      Self.withdrawCitation, Self.annotate, Self.annotate, Self.reviseAnnotation,
      Self.withdrawAnnotation, Self.ofCases, Self.ofSources, Self.ofMembers,
    ]
    let maker = random.pick(makers)
    self = try maker(&random, slug, number)
  }

  private init(_ command: any Command, _ step: @escaping (Model) -> Model?) {
    self.command = command
    self.step = step
  }

  /// A text of an analyst's.
  private static func analyst(_ random: inout SplitMix64) -> String {
    "ANALYST \(random.pick(["doubts it", "adds this", "asks why"]))"
  }
}

// MARK: Members

extension RandomStep {
  /// Who has access changes nothing of what anybody says.
  private static func ofMembers(
    _ random: inout SplitMix64, _ slug: String, _ number: Int
  ) throws -> RandomStep {
    let role = analyst(&random)
    let command: any Command =
      random.happens(60)
      ? GrantAccess(AccessContent(role: role, access: random.pick(MemberAccess.allCases)))
      : RevokeAccess(role)
    return RandomStep(command) { $0 }
  }
}

// MARK: Claims

extension RandomStep {
  private static func record(
    _ random: inout SplitMix64, _ slug: String, _ number: Int
  ) throws -> RandomStep {
    let source = random.pick(works + ["nothing"])
    var fields = ["source": source]
    var draft = ClaimDraft(predicate: "")
    draft.source = source
    if random.happens(95) {
      fields["locator"] = "VOICE-\(source) p. \(random.number(3))"
      draft.locator = fields["locator"]
    }
    if random.happens(20) {
      fields["predicate"] = "linked-case"
      fields["value"] = random.pick(people)
    } else {
      fields["predicate"] = "recall.ordered"
      fields["value"] = random.pick(["ordered", "summoned"])
      if random.happens(30) { fields["with date"] = random.pick(["1944", "1944-09"]) }
      if random.happens(30) { fields["with witness"] = random.pick(people) }
    }
    draft.predicate = fields["predicate"] ?? ""
    draft.value = fields["value"]
    draft.qualifiers["date"] = fields["with date"]
    draft.qualifiers["witness"] = fields["with witness"]
    if random.happens(20) {
      fields["hedge"] = "VOICE-\(source) apparently"
      draft.hedge = fields["hedge"]
    }
    if random.happens(20) {
      fields["stance"] = "reports"
      draft.stance = .reports
      fields["saidBy"] = random.pick(people + ["VOICE-\(source) other sources"])
      draft.saidBy = fields["saidBy"]
    }
    return RandomStep(RecordClaim(try Slug(slug), draft)) { [fields] in
      $0.recording(fields, on: slug)
    }
  }

  /// The predicate, the case and the source of a claim are left alone, and its texts stay in its voice.
  private static func correct(
    _ random: inout SplitMix64, _ slug: String, _ number: Int
  ) throws -> RandomStep {
    let source = random.pick(works)
    var edit = ClaimEdit()
    var fields: [String: String?] = [:]
    func set(_ field: ClaimEdit.Field, _ name: String, _ text: String?) {
      edit.fields.updateValue(text, forKey: field)
      fields.updateValue(text, forKey: name)
    }
    if random.happens(50) {
      set(.locator, "locator", random.happens(95) ? "VOICE-\(source) p. \(random.number(3))" : nil)
    }
    if random.happens(40) { set(.quote, "quote", random.pick(["VOICE-\(source) word", nil])) }
    if random.happens(40) { set(.hedge, "hedge", random.pick(["VOICE-\(source) perhaps", nil])) }
    let reference = ItemReference(try Slug(slug), .claim, number)
    let command = CorrectClaim(
      reference, edit, kind: random.pick(CorrectionKind.allCases), reason: analyst(&random))
    return RandomStep(InVoice(command, of: reference, source)) { [fields] model in
      guard model.files[slug]?.claims[number]?.source == source else { return nil }
      return model.correcting(number, of: slug, fields)
    }
  }

  private static func withdraw(
    _ random: inout SplitMix64, _ slug: String, _ number: Int
  ) throws -> RandomStep {
    let reference = ItemReference(try Slug(slug), .claim, number)
    return RandomStep(WithdrawClaim(reference, reason: analyst(&random))) {
      $0.withdrawing(number, of: slug)
    }
  }

  private static func reinstate(
    _ random: inout SplitMix64, _ slug: String, _ number: Int
  ) throws -> RandomStep {
    let reference = ItemReference(try Slug(slug), .claim, number)
    return RandomStep(ReinstateClaim(reference, reason: analyst(&random))) {
      $0.reinstating(number, of: slug)
    }
  }

  private static func dispute(
    _ random: inout SplitMix64, _ slug: String, _ number: Int
  ) throws -> RandomStep {
    let reference = ItemReference(try Slug(slug), .claim, number)
    let grounds = analyst(&random)
    let counter = random.happens(40) ? (random.pick(people), random.number(4)) : nil
    let counterReference = try counter.map { ItemReference(try Slug($0.0), .claim, $0.1) }
    return RandomStep(DisputeClaim(reference, grounds: grounds, counter: counterReference)) {
      $0.disputing(number, of: slug, grounds, counter: counter)
    }
  }

  private static func resolve(
    _ random: inout SplitMix64, _ slug: String, _ number: Int
  ) throws -> RandomStep {
    let reference = ItemReference(try Slug(slug), .dispute, number)
    let resolution = analyst(&random)
    return RandomStep(ResolveDispute(reference, resolution: resolution)) {
      $0.resolving(number, of: slug, resolution)
    }
  }
}

// MARK: Citations and annotations

extension RandomStep {
  private static func cite(
    _ random: inout SplitMix64, _ slug: String, _ number: Int
  ) throws -> RandomStep {
    let source = random.pick(works)
    let isClaim = random.happens(70)
    let whose = isClaim ? "VOICE-\(source)" : "ANALYST"
    let work = random.pick(works + ["nothing"])
    let note = random.happens(50) ? "\(whose) \(random.number(3))" : nil
    var fields = ["work": work, "as": "see"]
    fields["note"] = note
    let content = CitationContent(
      target: isClaim ? .claim(number) : .annotation(number), work: try Slug(work), locator: nil,
      note: note, role: .see)
    let command = AddCitation(try Slug(slug), content)
    guard isClaim else {
      return RandomStep(command) { [fields] in $0.citing("a\(number)", of: slug, fields) }
    }
    let reference = ItemReference(try Slug(slug), .claim, number)
    return RandomStep(InVoice(command, of: reference, source)) { [fields] model in
      guard model.files[slug]?.claims[number]?.source == source else { return nil }
      return model.citing("c\(number)", of: slug, fields)
    }
  }

  private static func correctCitation(
    _ random: inout SplitMix64, _ slug: String, _ number: Int
  ) throws -> RandomStep {
    var edit = CorrectCitation.Edit()
    var fields: [String: String?] = [:]
    if random.happens(60) {
      let work = random.pick(works + ["nothing"])
      edit.work = try Slug(work)
      fields["work"] = work
    }
    if random.happens(60) {
      edit.note = .some(nil)
      fields.updateValue(nil, forKey: "note")
    }
    let reference = ItemReference(try Slug(slug), .citation, number)
    return RandomStep(CorrectCitation(reference, edit, reason: analyst(&random))) { [fields] in
      $0.correctingCitation(number, of: slug, fields)
    }
  }

  private static func withdrawCitation(
    _ random: inout SplitMix64, _ slug: String, _ number: Int
  ) throws -> RandomStep {
    let reference = ItemReference(try Slug(slug), .citation, number)
    return RandomStep(WithdrawCitation(reference, reason: analyst(&random))) {
      $0.withdrawingCitation(number, of: slug)
    }
  }

  private static func annotate(
    _ random: inout SplitMix64, _ slug: String, _ number: Int
  ) throws -> RandomStep {
    let home = random.happens(30) ? random.pick(works) : slug
    let target = random.happens(70) ? "\(random.pick(["c", "n", "a", "d"]))\(number)" : nil
    let text = analyst(&random)
    let content = AnnotationContent(
      target: try Reference(target.map { "\(home)/\($0)" } ?? home), text: text, motivation: nil,
      tags: [])
    return RandomStep(AddAnnotation(content)) { $0.annotating(target, of: home, text) }
  }

  private static func reviseAnnotation(
    _ random: inout SplitMix64, _ slug: String, _ number: Int
  ) throws -> RandomStep {
    let home = random.happens(30) ? random.pick(works) : slug
    let text = analyst(&random)
    let reference = ItemReference(try Slug(home), .annotation, number)
    return RandomStep(ReviseAnnotation(reference, text: text)) {
      $0.revisingAnnotation(number, of: home, text)
    }
  }

  private static func withdrawAnnotation(
    _ random: inout SplitMix64, _ slug: String, _ number: Int
  ) throws -> RandomStep {
    let home = random.happens(30) ? random.pick(works) : slug
    let reference = ItemReference(try Slug(home), .annotation, number)
    return RandomStep(WithdrawAnnotation(reference, reason: analyst(&random))) {
      $0.withdrawingAnnotation(number, of: home)
    }
  }
}

// MARK: Cases and sources

extension RandomStep {
  private static func ofCases(
    _ random: inout SplitMix64, _ slug: String, _ number: Int
  ) throws -> RandomStep {
    let name = analyst(&random)
    let known = try Slug(slug)
    switch random.number(8) {
    case 1:
      return RandomStep(OpenCase(CaseContent(slug: known, kind: .person, name: name))) {
        $0.opening(slug, name: name)
      }
    case 2:
      return RandomStep(RenameCase(known, name: name, reason: name)) { $0.renaming(slug, to: name) }
    case 3:
      return RandomStep(CloseCase(known, reason: name)) { $0.closing(slug) }
    default:
      return RandomStep(ReopenCase(known, reason: name)) { $0.reopening(slug) }
    }
  }

  private static func ofSources(
    _ random: inout SplitMix64, _ slug: String, _ number: Int
  ) throws -> RandomStep {
    let source = random.pick(works)
    if random.happens(50) {
      let grade = random.pick(SourceGrade.allCases)
      return RandomStep(GradeSource(try Slug(source), grade, grounds: "ANALYST so")) {
        $0.grading(source, grade.rawValue)
      }
    }
    let origin = random.pick(works + ["nothing"])
    let derivation = SourceDerivation(from: try Slug(origin), grounds: "ANALYST so", locator: nil)
    return RandomStep(DeriveSource(try Slug(source), derivation)) {
      $0.deriving(source, from: origin)
    }
  }
}
