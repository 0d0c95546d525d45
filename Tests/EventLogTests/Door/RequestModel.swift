@testable import EventLog
import Calendar
import FoundationEssentials
import StrictJSON
import TestSupport

/// What a casebook holds, as far as an append asks, and what may follow.
struct RequestModel {
  private(set) var head: Int64
  private var versions: [StreamID: Int64] = [:]
  private var ids: Set<UUID> = []
  private var walk: RuleWalk
  private let author: String

  /// A casebook with these events.
  init(_ events: [RecordedEvent], _ rules: LogRules, slug: String, author: String) {
    walk = RuleWalk(rules, of: slug)
    self.author = author
    head = 0
    for event in events {
      walk.step(event)
      note(event.stream, event.id)
    }
  }

  private mutating func note(_ stream: StreamID, _ id: UUID) {
    head += 1
    versions[stream, default: 0] += 1
    ids.insert(id)
  }

  /// Takes a request in when it may follow, and says whether it may.
  mutating func takes(_ request: RawRequest, isAdmin: Bool) -> Bool {
    guard let events = events(of: request) else { return false }
    var next = self
    for event in events {
      let position = next.head + 1
      let isForAdmins = ["event.voided", "casebook.granted", "casebook.revoked"].contains(
        event.type)
      guard isAdmin || !isForAdmins, event.type != "casebook.created",
        !next.ids.contains(event.id)
      else { return false }
      if event.type == "event.voided" {
        let target = (try? JSON(parsing: event.data))?["position"]?.integerValue ?? 0
        guard target <= head else { return false }
      }
      let recorded = RecordedEvent(
        position: position, stream: event.stream,
        streamVersion: next.versions[event.stream, default: 0] + 1, id: event.id, type: event.type,
        schemaVersion: event.schemaVersion, voice: event.voice, data: event.data,
        recordedAt: Instant(microseconds: 0), recordedBy: author, requestID: UUID(), leafHash: [])
      next.walk.step(recorded)
      guard next.walk.faults.isEmpty else { return false }
      next.note(event.stream, event.id)
    }
    self = next
    return true
  }

  /// The events that the arrays make up; nil when they make up none.
  private func events(of request: RawRequest) -> [NewEvent]? {
    guard request.misshapen == nil, request.requestID != nil, request.reply != nil,
      request.commandHash?.count == 32, !request.types.isEmpty
    else { return nil }
    var streams: [StreamID] = []
    for (kind, id) in zip(request.kinds, request.ids) {
      guard let kind = kind.flatMap(StreamKind.init), let id, LogRules.isName(id),
        !streams.contains(StreamID(kind, id))
      else { return nil }
      streams.append(StreamID(kind, id))
    }
    for (stream, expected) in zip(streams, request.expected) {
      if let expected, versions[stream, default: 0] != expected { return nil }
    }
    var events: [NewEvent] = []
    for index in request.types.indices {
      guard let number = request.streams[index], (1...streams.count).contains(Int(number)),
        let id = request.eventIDs[index], let type = request.types[index],
        let version = request.versions[index], let data = request.data[index]
      else { return nil }
      events.append(
        NewEvent(
          stream: streams[Int(number) - 1], id: id, type: type, schemaVersion: Int(version),
          voice: request.voices[index], data: data))
    }
    return events
  }

  // MARK: Making requests up

  private static let kinds: [(prefix: String, kind: StreamKind)] = [
    ("casebook", .casebook), ("predicate", .casebook), ("tabulation", .casebook),
    ("event", .casebook), ("source", .source),
  ]

  private static func kind(of type: String, _ random: inout SeededGenerator) -> StreamKind {
    if type.hasPrefix("annotation") { return random.pick(StreamKind.allCases) }
    return kinds.first { type.hasPrefix($0.prefix) }?.kind ?? .case
  }

  private static let spoken = ["tabulation.", "claim.", "citation."]

  /// A request that may follow more often than not.
  func request(_ writer: inout PayloadWriter) throws -> RawRequest {
    var request = RawRequest()
    for _ in 0..<writer.random.pick([1, 1, 1, 2, 3, 5]) {
      // Access is given to roles that are there, which is tried elsewhere.
      let type = writer.random.pick(
        Payloads.all.keys.filter { !["casebook.granted", "casebook.revoked"].contains($0) }.sorted()
      )
      let kind = Self.kind(of: type, &writer.random)
      let id =
        switch kind {
        case .casebook: "notes"
        case .source: writer.random.pick(["fbi", "memoir", "a-b"])
        case .case: writer.random.pick(["gouzenko", "orlov", "x1", "casebook"])
        }
      let streams = Array(zip(request.kinds, request.ids))
      if let known = streams.firstIndex(where: { $0 == (kind.rawValue, id) }) {
        request.streams.append(Int32(known + 1))
      } else {
        request.kinds.append(kind.rawValue)
        request.ids.append(id)
        let version = versions[StreamID(kind, id), default: 0]
        request.expected.append(writer.random.pick([nil, version, version]))
        request.streams.append(Int32(request.kinds.count))
      }
      request.eventIDs.append(UUID())
      request.types.append(type)
      request.versions.append(1)
      let isSpoken =
        Self.spoken.contains { type.hasPrefix($0) } && type != "claim.disputed"
        && !(type.hasPrefix("citation") && writer.random.once(in: 2))
      request.voices.append(isSpoken ? writer.random.pick(["fbi", "memoir"]) : nil)
      var data = try writer.restyled(type)
      if type == "event.voided" {
        let position = Int64.random(in: -1...head + 2, using: &writer.random)
        data = #"{"position":\#(position),"reason":"so"}"#
      }
      request.data.append(data)
    }
    if writer.random.once(in: 2) { try Self.spoil(&request, &writer, ids) }
    return request
  }

  private static let names = [
    "", "X", "a b", "a--b", "-", "é", "a\n", "fbi", "other", nil, String(repeating: "x", count: 64),
  ]

  private static func spoil(
    _ request: inout RawRequest, _ writer: inout PayloadWriter, _ ids: Set<UUID>
  ) throws {
    let event = Int.random(in: request.types.indices, using: &writer.random)
    let stream = Int.random(in: request.ids.indices, using: &writer.random)
    switch Int.random(in: 0..<16, using: &writer.random) {
    case 0: request.ids[stream] = writer.random.pick(names)
    case 1: request.kinds[stream] = writer.random.pick(["case", "source", "casebook", "file", nil])
    case 2: request.expected[stream] = writer.random.pick([-1, 0, 1, 99, .max, nil])
    case 3: request.streams[event] = writer.random.pick([-1, 0, 1, 2, 99, .max, nil])
    case 4:
      request.eventIDs[event] = writer.random.pick([
        request.eventIDs[0], ids.min { $0.uuidString < $1.uuidString }, nil,
      ])
    case 5:
      request.types[event] = writer.random.pick(["claim.invented", "casebook.created", "", nil])
    case 6: request.versions[event] = writer.random.pick([-1, 0, 1, 2, .max, nil])
    case 7: request.voices[event] = writer.random.pick(names)
    case 8, 9: request.data[event] = try writer.changed(request.types[event] ?? "")
    case 10: request.data[event] = nil
    case 11:
      request.misshapen = (
        Int.random(in: 0..<9, using: &writer.random),
        writer.random.pick(RawRequest.Shape.allCases.filter { $0 != .list })
      )
    case 12:
      request.kinds.append(request.kinds[stream])
      request.ids.append(request.ids[stream])
      request.expected.append(nil)
    case 13:
      request.kinds.append(writer.random.pick(["case", "source", "file"]))
      request.ids.append(writer.random.pick(names))
      request.expected.append(writer.random.pick([0, 1, nil]))
    case 14: request.commandHash = writer.random.pick([nil, [], [1, 2]])
    default:
      if writer.random.once(in: 2) { request.requestID = nil } else { request.reply = nil }
    }
  }
}
