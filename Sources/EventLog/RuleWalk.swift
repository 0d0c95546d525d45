import Calendar
import StrictJSON

/// Holds one event after the other against the rules, from the first of a casebook on.
struct RuleWalk {
  private let rules: LogRules
  private let slug: String
  /// The sources registered so far.
  private(set) var sources: Set<String> = []
  /// Where events are set aside.
  private var voids: Set<Int64> = []
  /// Which rules are broken, by position. An event that is set aside is held against the log no more: that is all that
  /// can be done about it, and it is done for everybody to see.
  private(set) var faults: [Int64: String] = [:]

  /// What is written as a date of four digits: the years 1 to 9999.
  private static let times =
    Instant(
      microseconds: -62_135_596_800_000_000)...Instant(
      microseconds: 253_402_300_799_999_999)

  /// A walk along the log of the casebook `slug`.
  init(_ rules: LogRules, of slug: String) {
    self.rules = rules
    self.slug = slug
  }

  /// Takes the next event in the order of the log.
  mutating func step(_ event: RecordedEvent) {
    let fault = fault(in: event)
    if let fault { faults[event.position] = fault }
    if event.type == "source.registered", event.stream.kind == .source {
      sources.insert(event.stream.id)
    }
    if event.type == "event.voided" {
      if fault == nil { faults[target(of: event)] = nil }
      voids.insert(event.position)
    }
  }

  private func fault(in event: RecordedEvent) -> String? {
    let type = LogRules.EventType(name: event.type, version: event.schemaVersion)
    guard let streams = rules.streams[.init(type: type, isSource: event.voice != nil)] else {
      return "\(event.type) version \(event.schemaVersion) is not one that may be appended"
        + (event.voice == nil ? " in an analyst's voice" : " in the voice of a source")
    }
    guard LogRules.isName(event.stream.id) else {
      return "\"\(event.stream.id)\" is not a short name"
    }
    guard streams.contains(event.stream.kind),
      event.stream.kind != .casebook || event.stream.id == slug
    else {
      return "\(event.type) does not belong on the stream \(event.stream)"
    }
    if let voice = event.voice, !sources.contains(voice) {
      return "it speaks for \"\(voice)\", a source that is not registered before it"
    }
    guard LogRules.isRole(event.recordedBy) else {
      return
        "the name of the login role is empty, holds a control character or has more than 63 bytes"
    }
    guard Self.times.contains(event.recordedAt) else {
      return "the time of an event lies in the years 1 to 9999"
    }
    if let fault = rules.fault(inPayload: event.data, of: type) { return fault }
    switch event.type {
    case "casebook.created": return faultOfCreation(event.data)
    case "event.voided": return faultOfVoid(event)
    default: return nil
    }
  }

  private func faultOfCreation(_ data: String) -> String? {
    let payload = try? JSON(parsing: data)
    guard payload?["slug"]?.stringValue == slug else {
      return "it creates another casebook than \(slug)"
    }
    guard LogRules.isLine(payload?["title"]?.stringValue ?? "") else {
      return "the title of a casebook is one line of text"
    }
    return nil
  }

  private func faultOfVoid(_ event: RecordedEvent) -> String? {
    let target = target(of: event)
    guard target > 1, target < event.position, !voids.contains(target) else {
      return "it sets @\(target) aside, which is not an event after the first, written before it, "
        + "that sets none aside itself"
    }
    return nil
  }

  /// What an event that sets another aside names; 0 when it names nothing.
  private func target(of event: RecordedEvent) -> Int64 {
    (try? JSON(parsing: event.data))?["position"]?.integerValue.map(Int64.init) ?? 0
  }
}
