import Calendar
import Casebook
import Crypto
import EventLog
import PostgresClient
import StrictJSON
import struct FoundationEssentials.UUID

extension CasebookStore {
  /// How often a request is decided at most. Each time that somebody else wrote to the same stream in between, their
  /// request was recorded: of any number of writers one always gets on, and this many turns are enough for all of them.
  private static let attempts = 1_000

  /// Carries out a request: loads what decides, decides, appends. When another writer was faster it decides again on
  /// the new state. Only a request that names the version it expects ends in a conflict of versions.
  ///
  /// - Throws: `RefusedCommand` when a command is refused; `EvolveError` when a stream that it would add to stands still;
  ///   `EventLogError` when the log refuses or cannot be reached.
  ///   Nothing is written then. `UnknownOutcome` when the connection broke before the log's reply came.
  public func perform(_ request: Request) async throws -> Receipt {
    if let receipt = try await firstReceipt(of: request) { return receipt }
    var attempt = 1
    while true {
      let plan = try await plan(request)
      guard !plan.decisions.isEmpty else {
        // The log may have been restored without its texts.
        for text in request.texts { try await log.keep(text, in: casebookID) }
        return Receipt(planned: plan.decisions)
      }
      do {
        return try await append(
          plan.decisions, expecting: plan.expectedVersions, as: request)
      } catch let error as EventLogError where error.isVersionConflict {
        guard attempt < Self.attempts else { throw error }
        attempt += 1
      }
    }
  }

  /// Decides a request without writing anything.
  public func rehearse(_ request: Request) async throws -> Receipt {
    if let receipt = try await firstReceipt(of: request) { return receipt }
    let plan = try await plan(request)
    // Who can be given access, only the database knows.
    if plan.decisions.contains(where: \.event.type.changesAccess) {
      try await log.rehearse(
        appending(plan.decisions, expecting: plan.expectedVersions, as: request))
    }
    return Receipt(planned: plan.decisions)
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

  /// Sends decisions to the log as one request, on streams at the versions expected.
  func append(
    _ decisions: [Decision], expecting versions: [StreamAddress: Int64] = [:], as request: Request
  ) async throws -> Receipt {
    do {
      let reply = try await log.append(appending(decisions, expecting: versions, as: request))
      if !reply.isReplay { await log.announce() }
      return Receipt(reply, decisions: decisions)
    } catch let error as PostgresError where error.kind == .outcomeUnknown {
      throw UnknownOutcome(requestID: request.id, cause: error)
    }
  }

  /// What is sent to the log.
  func appending(
    _ decisions: [Decision], expecting versions: [StreamAddress: Int64] = [:], as request: Request
  ) -> AppendRequest {
    let events = decisions.map { NewEvent($0.event, on: $0.stream, voice: $0.voice) }
    let expected = Dictionary(
      uniqueKeysWithValues: versions.map { (StreamID($0.key), $0.value) })
    return AppendRequest(
      casebookID: casebookID, requestID: request.id,
      commandHash: Self.hash(of: request.canonicalText), expectedVersions: expected,
      events: events, reply: Receipt.reply(decisions.map(\.reference), undoing: request.undone),
      texts: request.texts)
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

  init(planned decisions: [Decision]) {
    self.init(
      references: decisions.map(\.reference), positions: nil, recordedAt: nil, isReplay: false,
      clockBehindMicroseconds: 0, decisions: decisions)
  }
}
