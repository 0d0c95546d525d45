public import Casebook
import EDTF

/// Cases for a colleague without Dossier: what each source says and what analysts note, in Markdown with Chicago notes
/// and a bibliography.
public struct Report: Sendable {
  private let register: Register
  private let items: [Slug: CSLItem]
  private let includesWithdrawn: Bool
  private var head: [String]
  private var body: [String] = []
  private var sequence = NoteSequence()
  private var notes: [String] = []
  private var cited: Set<Slug> = []

  /// A report without cases yet. `remarks` are what a reader must know about the `basis`, a paragraph each; withdrawn
  /// claims and annotations are told, marked as such, if `includesWithdrawn`.
  public init(
    _ register: Register, sources: some Sequence<Source>, basis: String, remarks: [String],
    includesWithdrawn: Bool
  ) {
    self.register = register
    self.includesWithdrawn = includesWithdrawn
    items = Dictionary(
      sources.map { ($0.slug, CSLItem($0.content, basis: basis)) },
      uniquingKeysWith: { first, _ in first })
    head = [
      "# \(Markdown.escaped(register.content.title))", "Read as of \(Markdown.escaped(basis)).",
    ]
    head += remarks.map(Markdown.escaped)
  }

  /// Adds a case; `others` are the cases whose claims its conclusions rest on, too.
  public mutating func add(_ file: Case, others: [Slug: Case] = [:]) {
    let claims = file.sortedClaims.filter { includesWithdrawn || $0.status == .current }
    body.append("## \(Markdown.escaped(file.title))")
    body.append(Self.introduction(file, claims))
    for source in Set(claims.map(\.content.source)).sorted() {
      body.append("### \(name(of: source))")
      let rows = claims.filter { $0.content.source == source }
        .sorted {
          (register.rank(of: $0.content.predicate), $0.number) < (
            register.rank(of: $1.content.predicate), $1.number
          )
        }
        .map { row(of: $0, in: file) }
      body.append((["| Claim | Of | Says |", "|---|---|---|"] + rows).joined(separator: "\n"))
    }
    let disputes = file.sortedDisputes.map { dispute in
      "- c\(dispute.content.claim): \(Self.sentence(dispute.content.grounds))"
        + (dispute.content.counter.map { " Against it stands \($0)." } ?? "")
        + (dispute.resolution.map { " *Resolved:* \(Self.sentence($0))" } ?? "")
    }
    if !disputes.isEmpty { body += ["### Disputes", disputes.joined(separator: "\n")] }
    let conclusions = file.conclusions.values.sorted { $0.number < $1.number }
      .filter { includesWithdrawn || !$0.isWithdrawn }
      .map { line(of: $0, in: file, others) }
    if !conclusions.isEmpty { body += ["### Conclusions", conclusions.joined(separator: "\n")] }
    let remarks = file.annotations.sorted.filter { includesWithdrawn || !$0.isWithdrawn }.map {
      annotation in
      let target = annotation.content.target
      let place =
        target.home == file.slug
        ? target.description.split(separator: "/").dropFirst().joined() : target.description
      return "- " + (place.isEmpty ? "" : "\(place): ") + Markdown.escaped(annotation.content.text)
        + (annotation.isWithdrawn ? " *(withdrawn)*" : "")
    }
    if !remarks.isEmpty { body += ["### Analysts' notes", remarks.joined(separator: "\n")] }
  }

  /// The whole report, ending in a line break.
  public var text: String {
    var parts = head + body
    if !cited.isEmpty {
      let works = cited.compactMap { items[$0] }.map(Chicago.init).sorted {
        $0.sortKey < $1.sortKey
      }
      parts += ["## Works cited", works.map { "- \($0.entry)" }.joined(separator: "\n")]
    }
    if !notes.isEmpty { parts.append(notes.joined(separator: "\n\n")) }
    return parts.joined(separator: "\n\n") + "\n"
  }

  // MARK: Parts

  private static func introduction(_ file: Case, _ claims: [Claim]) -> String {
    let sources = Set(claims.map(\.content.source)).count
    let open = file.sortedDisputes.filter(\.isOpen).count
    let kind = file.kind.rawValue.prefix(1).uppercased() + file.kind.rawValue.dropFirst()
    var text =
      "\(kind). \(claims.count) \(claims.count == 1 ? "claim" : "claims") of \(sources) \(sources == 1 ? "source" : "sources")"
    if open > 0 { text += ", \(open) disputed" }
    return text + "."
  }

  private func name(of source: Slug) -> String {
    Markdown.escaped(items[source]?.text("title") ?? source.text)
  }

  private mutating func row(of claim: Claim, in file: Case) -> String {
    let content = claim.content
    let label = register.predicate(content.predicate)?.label ?? content.predicate
    var words = Markdown.escaped(content.words)
    if claim.status == .withdrawn { words = "~~\(words)~~ (withdrawn)" }
    for dispute in file.openDisputes(of: claim.number) {
      words += " (disputed, d\(dispute.number))"
    }
    notes.append("[^\(notes.count + 1)]: \(note(of: claim, in: file))")
    return "| c\(claim.number) | \(Markdown.escaped(label)) | \(words)[^\(notes.count)] |"
  }

  /// What an analyst adopts, from what and why; how likely it is and how sound its basis, apart from one another.
  private func line(
    of conclusion: Conclusion, in file: Case, _ others: [Slug: Case]
  ) -> String {
    let content = conclusion.content
    func name(_ claim: ItemReference) -> String {
      claim.home == file.slug ? claim.local : claim.description
    }
    let label = register.predicate(content.predicate)?.label ?? content.predicate
    var value = content.assertion.display
    if case .date(let date)? = content.assertion.value { value = date.inWords }
    let words =
      [(content.isNegative ? "not " : "") + value]
      + content.sortedQualifiers.map { "\($0.id): \($0.value.display)" }
    var text =
      "- k\(conclusion.number) \(Markdown.escaped(label)): "
      + "**\(Markdown.escaped(words.joined(separator: "; ")))**, from "
      + content.grounds.map(name).joined(separator: ", ")
      + ". \(Self.sentence(content.basis))"
    if let likelihood = content.likelihood {
      let percent = likelihood.percent
      text +=
        " Likelihood: \(likelihood.inWords) (\(percent.lowerBound)–\(percent.upperBound) %)."
    }
    if let confidence = content.confidence { text += " Confidence: \(confidence.rawValue)." }
    let moves = conclusion.movedGrounds(in: file, and: others)
      .map { "\(name($0.claim)) \($0.move.rawValue)" }
    if !moves.isEmpty { text += " *Stale: since then \(moves.joined(separator: ", ")).*" }
    return text + (conclusion.isWithdrawn ? " *(withdrawn)*" : "")
  }

  /// What somebody wrote, so that more can follow it.
  private static func sentence(_ text: String) -> String {
    Markdown.escaped(text) + (text.last.map { ".!?…".contains($0) } ?? true ? "" : ".")
  }

  private mutating func note(of claim: Claim, in file: Case) -> String {
    var text = cite(claim.content.source, claim.content.locator)
    if let quote = claim.content.quote { text += " “\(Markdown.escaped(quote))”" }
    for citation in file.citations(of: .claim(claim.number)) where !citation.isWithdrawn {
      let words =
        switch citation.content.role {
        case .restsOn: "It rests on "
        case .quotes: "It quotes "
        case .see: "See "
        }
      text += " \(words)\(cite(citation.content.work, citation.content.locator))"
    }
    return text
  }

  private mutating func cite(_ work: Slug, _ locator: String?) -> String {
    guard let item = items[work] else { return "\(Markdown.escaped(work.text))." }
    cited.insert(work)
    return sequence.note(item, of: work, at: locator)
  }
}

extension ClaimContent {
  /// What the source says, and how, in a line of plain words.
  var words: String {
    var parts = [(isNegative ? "not " : "") + assertion.display]
    if case .date(let date)? = assertion.value {
      parts[0] = (isNegative ? "not " : "") + date.inWords
    }
    parts += sortedQualifiers.map { "\($0.id): \($0.value.display)" }
    if let asWritten { parts.append("as written: “\(asWritten)”") }
    if let hedge { parts.append("hedged: “\(hedge)”") }
    if attribution.stance != .asserts {
      let credit = attribution.saidBy.map { " \($0.display)" } ?? ""
      parts.append("(\(attribution.stance.rawValue)\(credit))")
    }
    return parts.joined(separator: "; ")
  }
}
