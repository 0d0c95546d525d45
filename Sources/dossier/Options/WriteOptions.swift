import ArgumentParser
import Casebook
import CasebookStore
import EventLog
import StrictJSON
import Terminal
import struct FoundationEssentials.UUID

/// Options of every command that changes something.
struct WriteOptions: ParsableArguments {
  @Flag(name: .long, help: "Show what would be recorded; write nothing.")
  var dryRun = false

  @Option(
    name: .long, help: "A UUID for this request: repeated with the same one, it happens once.")
  var requestID: String?

  @Option(
    name: .long,
    help:
      "Refuse if the case or source is not at this version; 0 is for one that does not exist yet.")
  var expectVersion: Int64?

  func identity() throws -> UUID? { try requestID.map { try RequestIdentity.read($0) } }

  /// Carries the commands out together on these cases and sources, and says what was done.
  func perform(
    _ commands: [any Command], on homes: [Slug], in session: Session, note: String? = nil,
    quotes: QuoteOptions? = nil
  ) async throws {
    try await perform(request(commands, on: homes, quotes), in: session, note: note)
  }

  private func request(
    _ commands: [any Command], on homes: [Slug], _ quotes: QuoteOptions?
  ) throws -> Request {
    let expected = expectVersion.map { version in
      Dictionary(homes.map { ($0, version) }, uniquingKeysWith: { first, _ in first })
    }
    var request = Request(id: try identity(), commands, expectedVersions: expected ?? [:])
    request.checksQuotes = quotes?.checksQuotes ?? true
    return request
  }

  /// Carries out commands that need to be explained with `-m`: by what was given, or at a terminal
  /// by what is written in an editor, which opens only when everything else is in order.
  ///
  /// - Parameters:
  ///   - message: the argument of `-m`.
  ///   - what: what it is: "reason", "grounds".
  ///   - homes: the cases and sources that `--expect-version` is about.
  ///   - session: where to carry them out.
  ///   - note: what is said in parentheses of what was done.
  ///   - quotes: whether quotes are held against the texts of their sources.
  ///   - commands: makes them of the explanation. Without one the casebook says what it asks for.
  /// - Throws: `RefusedCommand` and errors of the log; nothing is written then.
  func perform(
    explained message: String?, as what: String, on homes: [Slug], in session: Session,
    note: String? = nil, quotes: QuoteOptions? = nil, _ commands: (String?) throws -> [any Command]
  ) async throws {
    var explanation = try message.map { try TextArgument.read($0) }
    if message == nil, session.terminal.canEdit {
      _ = try await session.casebook().rehearse(
        request(commands("not written yet"), on: homes, quotes))
      explanation = try await TextArgument.readOrEdit(nil, what: what, session)
    }
    try await perform(commands(explanation), on: homes, in: session, note: note, quotes: quotes)
  }

  func perform(_ request: Request, in session: Session, note: String? = nil) async throws {
    var request = request
    if let expectVersion {
      // A request without commands was carried out before.
      guard !request.expectedVersions.isEmpty || request.commands.isEmpty else {
        throw Failure(
          .usage, "--expect-version is about a case or source, and none is changed. Leave it out")
      }
      request.expectedVersions = request.expectedVersions.mapValues { _ in expectVersion }
    }
    let store = try await session.casebook()
    let receipt: Receipt
    if dryRun {
      receipt = try await store.rehearse(request)
    } else {
      receipt = try await store.perform(request)
    }
    try session.show(receipt.document(casebook: store.slug, isRehearsal: dryRun, note: note))
    session.terminal.warnOfDates(in: receipt)
    if receipt.clockBehindMicroseconds > 0 {
      session.terminal.warn(
        "the server's clock is \(receipt.clockBehindMicroseconds / 1_000_000) s behind the "
          + "log; times stand still until it catches up")
    }
  }
}

extension Receipt {
  /// What was done, with the references to use next.
  func document(casebook: Slug, isRehearsal: Bool, note: String?) -> Document {
    Document(
      json: .document(
        ("casebook", .string(casebook.text)),
        ("references", .array(references.map { .string($0.description) })),
        ("firstPosition", positions.map { .integer($0.lowerBound) }),
        ("lastPosition", positions.map { .integer($0.upperBound) }),
        ("recordedAt", recordedAt.map(JSON.instant)),
        ("repeated", .boolean(isReplay)),
        ("dryRun", .boolean(isRehearsal)))
    ) { width in
      var page = Page(width: width)
      for (index, reference) in references.enumerated() {
        let verb =
          index < decisions.count ? decisions[index].event.type.pastVerb : "already recorded"
        var line: StyledText = isRehearsal && !isReplay ? "would have \(verb)" : "\(verb)"
        line.append(" \(reference, .strong)")
        if let first = positions?.lowerBound {
          line.append(" at \(casebook)@\(first + Int64(index))")
        }
        if let note { line.append(" \("(\(note))", .faint)") }
        page.add(line)
      }
      if references.isEmpty { page.add("nothing to do") }
      return page
    }
  }
}

extension EventType {
  /// What a person did by it.
  var pastVerb: String {
    switch self {
    case .casebookCreated: "created"
    case .predicateDefined: "defined"
    case .predicateRevised, .annotationRevised, .conclusionRevised: "revised"
    case .tabulationStated, .claimRecorded: "recorded"
    case .tabulationCorrected, .claimCorrected, .citationCorrected: "corrected"
    case .tabulationWithdrawn, .claimWithdrawn, .citationWithdrawn, .annotationWithdrawn,
      .conclusionWithdrawn:
      "withdrawn"
    case .eventVoided: "set aside"
    case .accessGranted: "granted access to"
    case .accessRevoked: "revoked access to"
    case .sourceRegistered, .copyRegistered: "registered"
    case .sourceAmended: "amended"
    case .textAttached: "attached a text to"
    case .sourceDerived: "noted the derivation of"
    case .sourceGraded: "graded"
    case .caseOpened: "opened"
    case .caseRenamed: "renamed"
    case .caseClosed: "closed"
    case .caseReopened: "reopened"
    case .claimReinstated: "reinstated"
    case .claimDisputed: "disputed, as"
    case .disputeResolved: "resolved"
    case .citationAdded: "cited, as"
    case .annotationAdded: "annotated, as"
    case .identityJudged: "judged the identity of"
    case .conclusionDrawn: "concluded, as"
    }
  }
}
