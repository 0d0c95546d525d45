import Calendar
import struct FoundationEssentials.UUID
import StrictJSON

/// An event of the log as one line of CloudEvents 1.0 JSON, with everything its leaf is made of. The payload stands at
/// the end, to the letter.
enum CloudEvent {
  private static let sourcePrefix = "/dossier/casebooks/"
  /// How deeply a line is nested when its payload is as deep as one may be.
  private static let maximumDepth = JSON.defaultMaximumDepth + 1

  static func line(_ event: RecordedEvent, of casebook: UUID) -> String {
    var members: [(String, JSON)] = [
      ("specversion", "1.0"), ("id", .string(event.id.text)),
      ("source", .string(sourcePrefix + casebook.text)), ("type", .string(event.type)),
      ("subject", .string("\(event.stream.kind.rawValue)/\(event.stream.id)")),
      ("time", .string(event.recordedAt.description)), ("datacontenttype", "application/json"),
      // CloudEvents' integers have 32 bits; positions have 64.
      ("position", .string("\(event.position)")),
      ("streamversion", .string("\(event.streamVersion)")),
      ("schemaversion", .string("\(event.schemaVersion)")),
    ]
    if let voice = event.voice { members.append(("voice", .string(voice))) }
    members += [
      ("recordedby", .string(event.recordedBy)), ("requestid", .string(event.requestID.text)),
      ("leafhash", .string(Hex.text(event.leafHash))),
    ]
    return "\(JSON.object(JSONObject(members)).text.dropLast()),\"data\":\(event.data)}\n"
  }

  /// Reads a line: strictly, and its payload to the letter.
  ///
  /// - Throws: `JSONError` naming the member or the byte that is wrong.
  static func read(_ line: [UInt8]) throws(JSONError) -> (casebook: UUID, event: RecordedEvent) {
    let json = try JSON(parsing: line, maximumDepth: maximumDepth)
    guard let range = RawMember.range(of: "data", in: line[...]),
      let data = String(validating: line[range], as: UTF8.self)
    else { throw JSONError("this field is missing", path: "data") }
    let found = try read(json, data: data)
    guard LeafHash.of(found.event, in: found.casebook) == found.event.leafHash else {
      throw JSONError(
        "@\(found.event.position) is not what was exported: its leaf hash does not fit",
        path: "leafhash")
    }
    return found
  }

  private static func read(
    _ json: JSON, data: String
  ) throws(JSONError) -> (casebook: UUID, event: RecordedEvent) {
    var reader = try JSONObjectReader(json)
    _ = reader.optional("data")
    guard try reader.string("specversion") == "1.0" else {
      throw reader.error("only CloudEvents 1.0 can be read", at: "specversion")
    }
    let source = try reader.string("source")
    guard source.hasPrefix(sourcePrefix),
      let casebook = UUID(uuidString: String(source.dropFirst(sourcePrefix.count)))
    else {
      throw reader.error("it does not name a casebook", at: "source")
    }
    let subject = try reader.string("subject").split(separator: "/", maxSplits: 1)
    guard subject.count == 2, let kind = StreamKind(rawValue: String(subject[0])) else {
      throw reader.error("it does not name a stream", at: "subject")
    }
    let time: Instant
    do { time = try Instant(parsing: reader.string("time")) } catch let error as JSONError {
      throw error
    } catch {
      throw reader.error("\(error)", at: "time")
    }
    _ = try reader.string("datacontenttype")
    guard let leafHash = Hex.bytes(try reader.string("leafhash")), leafHash.count == 32 else {
      throw reader.error("expected 64 hexadecimal digits", at: "leafhash")
    }
    let event = RecordedEvent(
      position: Int64(try number("position", &reader)),
      stream: StreamID(kind, String(subject[1])),
      streamVersion: Int64(try number("streamversion", &reader)),
      id: try uuid("id", &reader), type: try reader.string("type"),
      schemaVersion: try number("schemaversion", &reader),
      voice: try reader.optionalString("voice"), data: data,
      recordedAt: time, recordedBy: try reader.string("recordedby"),
      requestID: try uuid("requestid", &reader), leafHash: leafHash)
    try reader.finish()
    return (casebook, event)
  }

  private static func number(
    _ key: String, _ reader: inout JSONObjectReader
  ) throws(JSONError) -> Int {
    guard let number = Int(try reader.string(key)), number > 0 else {
      throw reader.error("expected a number from 1", at: key)
    }
    return number
  }

  private static func uuid(
    _ key: String, _ reader: inout JSONObjectReader
  ) throws(JSONError) -> UUID {
    guard let id = UUID(uuidString: try reader.string(key)) else {
      throw reader.error("expected a UUID", at: key)
    }
    return id
  }
}
