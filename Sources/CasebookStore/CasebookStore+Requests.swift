import Calendar
import Casebook
import Crypto
import EventLog
import PostgresClient
import StrictJSON
import struct FoundationEssentials.UUID

extension CasebookStore {
  /// How often a request is decided again when somebody else wrote to the same stream in between.
  private static let attempts = 4

  /// Carries out a request: loads what decides, decides, appends. When another writer was faster it decides again on
  /// the new state, three times.
  ///
  /// - Throws: `RefusedCommand` when a command is refused; `EvolveError` when a stream that it would add to stands still;
  ///   `EventLogError` when the log refuses or cannot be reached.
  ///   Nothing is written then. `UnknownOutcome` when the connection broke before the log's reply came.
  public func perform(_ request: Request) async throws -> Receipt {
    if let receipt = try await firstReceipt(of: request) { return receipt }
    let hash = Self.hash(of: request.canonicalText)
    var attempt = 1
    while true {
      let plan = try await plan(request)
      guard !plan.decisions.isEmpty else {
        // The log may have been restored without its texts.
        for text in request.texts { try await log.keep(text, in: casebookID) }
        return Receipt(planned: plan)
      }
      do {
        return try await append(plan, request, hash)
      } catch let error as EventLogError where error.isVersionConflict {
        guard attempt < Self.attempts else { throw error }
        attempt += 1
      }
    }
  }

  /// Decides a request without writing anything.
  public func rehearse(_ request: Request) async throws -> Receipt {
    if let receipt = try await firstReceipt(of: request) { return receipt }
    return Receipt(planned: try await plan(request))
  }

  /// The receipt of a request that was carried out before under the same identity; nil when it was not.
  ///
  /// - Throws: `EventLogError.requestReused` when something else was asked then.
  public func firstReceipt(of request: Request) async throws -> Receipt? {
    guard request.mayBeRepeated else { return nil }
    return try await log.priorReply(
      casebookID, request.id, Self.hash(of: request.canonicalText)
    ).map { Receipt($0) }
  }

  static func hash(of canonicalText: String) -> [UInt8] {
    Array(SHA256.hash(data: Array(canonicalText.utf8)))
  }

  private func plan(_ request: Request) async throws -> Plan {
    var cases = request.commands.reduce(into: Set<Slug>()) { $0.formUnion($1.cases) }
    cases.formUnion(request.expectedVersions.keys)
    let loaded = try await view(of: cases)
    for (slug, expected) in request.expectedVersions {
      let stream = stream(of: slug, in: loaded.state)
      let actual = loaded.state.version(of: stream)
      guard actual == expected else {
        throw EventLogError.versionConflict(
          stream: StreamID(stream), expected: expected, actual: actual)
      }
    }
    var plan = Plan(loaded.state, head: loaded.basis.position)
    var texts = SourceTexts(self)
    for (index, command) in request.commands.enumerated() {
      do {
        let known = plan.decisions.count
        try plan.add(command)
        if request.checksQuotes { try await texts.check(plan.decisions[known...], in: plan.state) }
      } catch let refusal as Refusal {
        var suggested: Refusal?
        if refusal.rule == .unknownCase {
          suggested = plan.refusal(of: command, among: try await caseSlugs(at: loaded.basis))
        }
        throw RefusedCommand(index: index, refusal: suggested ?? refusal)
      }
    }
    for case let void as VoidEvent in request.commands {
      try await refuseIfNeeded(void, at: loaded.basis)
    }
    return plan
  }

  /// Cases and sources share one namespace, in which the casebook itself has a name that none of them may take.
  private func stream(of home: Slug, in state: CasebookState) -> StreamAddress {
    if home == .casebook { return StreamAddress(.casebook, state.register?.content.slug ?? slug) }
    return StreamAddress(state.sources[home] == nil ? .caseFile : .source, home)
  }

  private func append(_ plan: Plan, _ request: Request, _ hash: [UInt8]) async throws -> Receipt {
    let events = plan.decisions.map { decision in
      NewEvent(
        stream: StreamID(decision.stream), id: UUID(), type: decision.event.type.rawValue,
        schemaVersion: decision.event.type.schemaVersion, voice: decision.voice?.text,
        data: decision.event.data.text)
    }
    let expected = Dictionary(
      uniqueKeysWithValues: plan.expectedVersions.map { (StreamID($0.key), $0.value) })
    do {
      let reply = try await log.append(
        AppendRequest(
          casebookID: casebookID, requestID: request.id, commandHash: hash,
          expectedVersions: expected, events: events, reply: Receipt.reply(plan.references),
          texts: request.texts))
      if !reply.isReplay { await log.announce() }
      return Receipt(reply, decisions: plan.decisions)
    } catch let error as PostgresError where error.kind == .outcomeUnknown {
      throw UnknownOutcome(requestID: request.id, cause: error)
    }
  }
}

extension Receipt {
  init(_ reply: AppendReply, decisions: [Decision] = []) {
    self.init(
      references: Self.references(in: reply.reply),
      positions: reply.firstPosition...reply.lastPosition, recordedAt: reply.recordedAt,
      isReplay: reply.isReplay, clockBehindMicroseconds: reply.clockBehindMicroseconds,
      decisions: reply.isReplay ? [] : decisions)
  }

  init(planned plan: Plan) {
    self.init(
      references: plan.references, positions: nil, recordedAt: nil, isReplay: false,
      clockBehindMicroseconds: 0, decisions: plan.decisions)
  }
}
