import Analysis
import ArgumentParser
import Casebook
import CasebookStore
import StrictJSON

/// `dossier explain`
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Where a value comes from: claims, pages, quotes, sources, and every event.",
    discussion: """
      EXAMPLES
        dossier explain derjabin defection.date
        dossier explain derjabin name.primary --joined
        dossier explain derjabin/c5
        dossier explain derjabin/k1
        dossier explain kravchenko suspicion --source fbi-1955
        dossier explain derjabin defection.date --as-of 2026-03-01 --format json
      """)

  @Argument(help: "A claim, a conclusion, or a case.") var reference: String
  @Argument(help: "For a case, the predicate.") var predicate: String?
  @Flag(
    name: .long,
    help: "For a case, take the cases together that are judged to be one with it.")
  var joined = false
  @OptionGroup var read: ReadOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if joined, predicate == nil {
      throw ValidationError("--joined is about a case and a predicate; leave it out, or name both")
    }
  }

  func run() async throws {
    let session = try await Session.open(global, read)
    let explanation = try await explanation(session)
    try session.show(
      on: explanation.view,
      Document(json: explanation.json, items: explanation.claims.map(explanation.json)) {
        explanation.page(width: $0)
      })
  }

  private func explanation(_ session: Session) async throws -> Explanation {
    switch (try Reference(reference), predicate) {
    case (.file(let slug), let predicate?):
      let (view, files) = try await session.caseFiles(slug, read, joined: joined)
      let known = try view.state.predicate(predicate)
      let claims = files.flatMap { file in
        file.sortedClaims.filter { $0.status == .current && $0.content.predicate == known.id }
          .map { (claim: $0, file: file) }
      }
      let conclusions = files.flatMap { file in
        file.standingConclusions.filter { $0.content.predicate == known.id }
          .map { (conclusion: $0, file: file) }
      }
      guard !claims.isEmpty || !conclusions.isEmpty else {
        throw Failure(
          .notFound,
          "no source says anything of \(slug) with \(known.id). See: dossier case show \(slug)")
      }
      return try await explain(claims, conclusions, with: known, of: files, view, session)
    case (.item(let item), nil) where item.kind == .claim:
      let (view, file) = try await session.caseFile(item.home, read)
      let claim = try file.claim(item)
      let known = try view.state.predicate(claim.content.predicate)
      let conclusions = file.standingConclusions.filter { $0.content.grounds.contains(item) }
      return try await explain(
        [(claim, file)], conclusions.map { ($0, file) }, with: known, of: [file], view, session)
    case (.item(let item), nil) where item.kind == .conclusion:
      let (view, file) = try await session.caseFile(item.home, read)
      let conclusion = try file.conclusion(item)
      let known = try view.state.predicate(conclusion.content.predicate)
      let claims = conclusion.content.grounds.filter { $0.home == file.slug }
        .compactMap { file.claims[$0.number] }
      return try await explain(
        claims.map { ($0, file) }, [(conclusion, file)], with: known, of: [file], view, session)
    case (.file(let slug), nil):
      throw Failure(
        .usage, "what of \(slug)? Name a predicate: dossier explain \(slug) birth.date")
    case (.tabulation(let id), nil):
      throw Failure(.usage, "counts are explained case by case by: dossier tabulate \(id)")
    case (let other, nil):
      throw Failure(
        .usage,
        "\(other) is neither a claim nor a conclusion. See what it is with: dossier history \(other)"
      )
    case (let other, _):
      throw Failure(.usage, "\(other) is not a case. Name a case and a predicate, or a claim")
    }
  }

  private func explain(
    _ claims: [(claim: Claim, file: Case)], _ conclusions: [(conclusion: Conclusion, file: Case)],
    with predicate: Predicate, of files: [Case], _ view: View, _ session: Session
  ) async throws -> Explanation {
    let streams = files.map { StreamAddress(.caseFile, $0.slug) }
    let steps = try await session.casebook().trail(of: streams, at: view.basis)
    return Explanation(
      claims, conclusions, with: predicate, of: files,
      steps: steps.compactMap { view.heard($0.entry) }, view)
  }
}
