import Casebook
public import CasebookStore
import EDTF
import StrictJSON

/// Days of work in a casebook, made up from a seed: commands of every kind on a few cases and
/// sources, most of which make sense.
///
/// Every text names the voice it belongs to, see ``mark(of:)``, so that a reader can tell whose
/// words have reached a page.
public struct RandomWork {
  /// The short names it uses.
  public static let caseNames = ["anna", "boris", "trial", "vienna-group"]
  /// The sources it uses.
  public static let sourceNames = ["alpha", "beta", "gamma"]

  private var random: SeededGenerator
  private var cases: [Slug]
  private var sources: [Slug]
  private var count = 0

  /// The work that `seed` names.
  public init(seed: UInt64) throws {
    random = SeededGenerator(seed: seed)
    cases = try Self.caseNames.map { try Slug($0) }
    sources = try Self.sourceNames.map { try Slug($0) }
  }

  /// What every text of a source contains; nil stands for the analysts.
  public static func mark(of voice: String?) -> String { "⟦\(voice ?? "analyst")⟧" }

  /// Does the next thing: a request of one to three commands, or an undo.
  ///
  /// - Returns: what was done; nil when it was refused.
  public mutating func step(_ store: CasebookStore) async throws -> Receipt? {
    do {
      if random.once(in: 15) {
        return try await store.perform(
          store.undoing(reason: text(nil), id: nil))
      }
      let state = try await store.view(of: Set(cases)).state
      let size = random.pick([1, 1, 1, 2, 3])
      var commands: [any Command] = []
      for _ in 0..<size { commands.append(try command(state)) }
      return try await store.perform(Request(commands))
    } catch is RefusedCommand {
      return nil
    } catch is Refusal {
      return nil
    }
  }

  // MARK: Commands

  private mutating func command(_ state: CasebookState) throws -> any Command {
    // What everything else needs comes first.
    if state.sources.count < 2 { return registerSource() }
    if state.cases.isEmpty { return openCase() }
    switch Int.random(in: 0..<45, using: &random) {
    case 0...1: return openCase()
    case 2: return registerSource()
    case 3: return RenameCase(random.pick(cases), name: text(nil), reason: text(nil))
    case 4: return CloseCase(random.pick(cases), reason: text(nil))
    case 5...6: return ReopenCase(random.pick(cases), reason: text(nil))
    case 7...15: return RecordClaim(random.pick(cases), draft())
    case 16...19: return correctClaim(state)
    case 20: return WithdrawClaim(claim(state), reason: text(nil))
    case 21: return ReinstateClaim(claim(state), reason: text(nil))
    case 22...23:
      return DisputeClaim(
        claim(state), grounds: text(nil), counter: random.once(in: 2) ? claim(state) : nil)
    case 24: return ResolveDispute(item(.dispute, state), resolution: text(nil))
    case 25...26: return addCitation(state)
    case 27: return correctCitation(state)
    case 28: return WithdrawCitation(item(.citation, state), reason: text(nil))
    case 29...30: return addAnnotation(state)
    case 31:
      return ReviseAnnotation(
        item(.annotation, state), text: text(nil), tags: random.once(in: 2) ? ["slip"] : nil,
        reason: text(nil))
    case 32: return WithdrawAnnotation(item(.annotation, state), reason: text(nil))
    case 33...34: return drawConclusion(state)
    case 35: return reviseConclusion(state)
    case 37:
      return JudgeIdentity(
        random.pick(cases), random.pick(cases), random.pick(IdentityContent.Judgement.allCases),
        grounds: text(nil))
    case 36: return WithdrawConclusion(item(.conclusion, state), reason: text(nil))
    default: return try commandOnSource(state)
    }
  }

  private mutating func drawConclusion(_ state: CasebookState) -> any Command {
    let grounds = [claim(state), claim(state)]
    return DrawConclusion(
      grounds[0].home,
      ConclusionDraft(
        ClaimDraft(predicate: "statement", value: text(nil)), on: grounds, basis: text(nil),
        likelihood: random.pick(Likelihood.allCases), confidence: .low))
  }

  private mutating func reviseConclusion(_ state: CasebookState) -> any Command {
    let reference = item(.conclusion, state)
    var edit = ConclusionEdit()
    if random.once(in: 2) { edit.basis = text(nil) }
    if random.once(in: 2) { edit.grounds = [claim(state)] }
    return ReviseConclusion(
      reference, edit, reason: text(nil),
      named: state.cases[reference.home]?.conclusions[reference.number]?.namedCases ?? [])
  }

  private mutating func commandOnSource(_ state: CasebookState) throws -> any Command {
    let source = random.pick(sources)
    switch Int.random(in: 0..<8, using: &random) {
    case 0:
      return AmendSource(
        SourceContent(
          slug: source, title: text(source), issued: try EDTF(random.pick(["1955", "1939~"])),
          issuedTo: text(source), csl: ["type": "book", "publisher": .string(text(source))]),
        reason: text(nil))
    case 1:
      return RegisterCopy(
        source,
        SourceCopy(
          id: try Slug("copy-\(Int.random(in: 1...4, using: &random))"), kind: .scan,
          description: text(source)))
    case 2:
      return DeriveSource(
        source,
        SourceDerivation(from: random.pick(sources), grounds: text(nil), locator: text(source)))
    case 3:
      return GradeSource(source, random.pick(SourceGrade.allCases), grounds: text(nil))
    case 4: return try stateTabulation(source)
    case 5: return try correctTabulation(state)
    case 6: return WithdrawTabulation(try Slug("count-1"), reason: text(nil))
    default: return revisePredicate(state)
    }
  }

  private mutating func openCase() -> any Command {
    OpenCase(
      CaseContent(
        slug: random.pick(cases), kind: random.pick(CaseKind.allCases),
        name: random.once(in: 2) ? text(nil) : nil))
  }

  private mutating func registerSource() -> any Command {
    let slug = random.pick(sources)
    return RegisterSource(
      SourceContent(slug: slug, title: text(slug), issued: nil, issuedTo: nil, csl: nil))
  }

  private mutating func draft() -> ClaimDraft {
    let source = random.pick(sources)
    let predicate = random.pick(SampleVocabulary.predicates)
    var draft = ClaimDraft(predicate: predicate.id, value: value(predicate.type, source))
    if random.once(in: 8) {
      draft.state = random.pick([.someValue, .noValue, .unknown])
      draft.value = nil
    }
    draft.isNegative = random.once(in: 6)
    draft.source = source.text
    draft.locator = text(source)
    if random.once(in: 2) { draft.quote = text(source) }
    if random.once(in: 3) { draft.hedge = text(source) }
    if random.once(in: 3) { draft.asWritten = text(source) }
    if random.once(in: 3) {
      draft.stance = random.pick([.reports, .doubts, .denies])
      draft.saidBy = random.once(in: 2) ? text(source) : random.pick(cases).text
    }
    for qualifier in predicate.qualifiers where random.once(in: 2) {
      draft.qualifiers[qualifier.id] = value(qualifier.type, source, qualifier.terms)
    }
    return draft
  }

  private mutating func value(
    _ type: ValueType, _ source: Slug, _ terms: [String] = ["ideology", "fear", "recall"]
  ) -> String {
    switch type {
    case .text, .place, .name: text(source)
    case .date:
      random.pick([
        "1937", "1937-07-16", "[1927,1928]", "1941-06/1941-09", "1928~", "1900-02-29 O.S.", "x",
      ])
    case .term: random.pick(terms)
    case .number: random.pick(["170", "1.5", "-3"])
    case .boolean: random.pick(["yes", "no"])
    case .caseFile: random.pick(cases).text
    case .work: random.pick(sources).text
    }
  }

  private mutating func correctClaim(_ state: CasebookState) -> any Command {
    let reference = claim(state)
    let source = state.cases[reference.home]?.claims[reference.number]?.content.source
    var edit = ClaimEdit()
    switch Int.random(in: 0..<5, using: &random) {
    case 0: edit.fields[.locator] = text(source)
    case 1: edit.fields[.quote] = random.once(in: 3) ? .some(nil) : text(source)
    case 2: edit.fields[.hedge] = random.once(in: 3) ? .some(nil) : text(source)
    case 3: edit.fields[.polarity] = random.pick(["positive", "negative"])
    default: edit.fields[.value] = random.pick(["1938", "yes", "fear", text(source)])
    }
    return CorrectClaim(
      reference, edit, kind: random.pick(CorrectionKind.allCases), reason: text(nil))
  }

  private mutating func addCitation(_ state: CasebookState) -> any Command {
    let reference = random.once(in: 4) ? item(.annotation, state) : claim(state)
    let isClaim = reference.kind == .claim
    let source = state.cases[reference.home]?.claims[reference.number]?.content.source
    let voice = isClaim ? source : nil
    return AddCitation(
      reference.home,
      CitationContent(
        target: isClaim ? .claim(reference.number) : .annotation(reference.number),
        work: random.pick(sources), locator: text(voice), note: text(voice),
        role: random.pick(CitationContent.Role.allCases)))
  }

  private mutating func correctCitation(_ state: CasebookState) -> any Command {
    let reference = item(.citation, state)
    var edit = CorrectCitation.Edit()
    let voice = state.cases[reference.home]?.citations[reference.number]?.voice
    edit.locator = .some(text(voice))
    return CorrectCitation(reference, edit, reason: text(nil))
  }

  private mutating func addAnnotation(_ state: CasebookState) -> any Command {
    let target: Reference =
      switch Int.random(in: 0..<6, using: &random) {
      case 0: .file(random.pick(cases))
      case 1: .file(random.pick(sources))
      case 2: .item(item(.annotation, state))
      case 3: .item(item(random.pick([.citation, .dispute, .conclusion]), state))
      default: .item(claim(state))
      }
    return AddAnnotation(
      AnnotationContent(
        target: target, text: text(nil), motivation: random.pick(Motivation.allCases),
        tags: random.once(in: 2) ? ["slip", "birth"] : []))
  }

  private mutating func stateTabulation(_ source: Slug) throws -> any Command {
    StateTabulation(
      TabulationContent(
        id: try Slug("count-\(Int.random(in: 1...3, using: &random))"), source: source,
        locator: text(source), statement: text(source), quote: text(source), count: 2,
        bound: .exactly, population: .group(random.pick(cases)), namedYes: [], namedNo: [],
        criterion: "fear.for-safety = yes"))
  }

  private mutating func correctTabulation(_ state: CasebookState) throws -> any Command {
    guard var content = state.register?.tabulations.first?.content else {
      return try stateTabulation(random.pick(sources))
    }
    content.statement = text(content.source)
    return CorrectTabulation(content, kind: .transcription, reason: text(nil))
  }

  private mutating func revisePredicate(_ state: CasebookState) -> any Command {
    var predicate = random.pick(
      state.register?.vocabulary.map(\.predicate) ?? SampleVocabulary.predicates)
    count += 1
    predicate.scope = "What the page says, revised \(count)."
    return RevisePredicate(predicate, reason: text(nil))
  }

  // MARK: References and texts

  private mutating func claim(_ state: CasebookState) -> ItemReference { item(.claim, state) }

  /// Mostly something that is there.
  private mutating func item(
    _ kind: ItemReference.Kind, _ state: CasebookState
  ) -> ItemReference {
    let known = cases.flatMap { slug -> [ItemReference] in
      guard let file = state.cases[slug] else { return [] }
      let numbers: [Int] =
        switch kind {
        case .claim: file.claims.keys.sorted()
        case .citation: file.citations.keys.sorted()
        case .annotation: file.annotations.sorted.map(\.number)
        case .dispute: file.disputes.keys.sorted()
        case .conclusion: file.conclusions.keys.sorted()
        }
      return numbers.map { ItemReference(slug, kind, $0) }
    }
    if known.isEmpty || random.once(in: 20) {
      return ItemReference(random.pick(cases), kind, Int.random(in: 1...9, using: &random))
    }
    return random.pick(known)
  }

  private static let awkward = [
    "plain words", "Robert'); DROP TABLE event;--", "caf\u{E9}", "cafe\u{301}",
    "\u{202E}backwards\u{202C}", "\u{1B}[31mred\u{1B}[0m", "two\nlines", "tab\there", "👩‍👩‍👧 family",
    "\\u0000 {\"json\": true}", "%s %d $1 @412", "Žemčužina ß ﬁ",
  ]

  /// A text in somebody's voice, new each time.
  private mutating func text(_ voice: Slug?) -> String {
    count += 1
    return "\(Self.mark(of: voice?.text)) \(random.pick(Self.awkward)) \(count)"
  }
}
