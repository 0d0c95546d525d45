import Calendar
import struct FoundationEssentials.UUID
import StrictJSON

/// An event of the log as one line of CloudEvents 1.0 JSON, with everything its leaf is made of. The payload stands at
/// the end, to the letter.
enum CloudEvent {
  private static let sourcePrefix = "/dossier/casebooks/"
  private static let dataMark = Array(#","data":"#.utf8)

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

  /// Reads a line.
  ///
  /// - Throws: `JSONError` naming the member that is wrong.
  static func read(_ line: [UInt8]) throws(JSONError) -> (casebook: UUID, event: RecordedEvent) {
    var reader = try JSONObjectReader(try JSON(parsing: line))
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
      voice: try reader.optionalString("voice"), data: try payload(line, &reader),
      recordedAt: time, recordedBy: try reader.string("recordedby"),
      requestID: try uuid("requestid", &reader), leafHash: leafHash)
    try reader.finish()
    return (casebook, event)
  }

  /// The payload to the letter. It is the last member, and none before it can hold the bytes of its name.
  private static func payload(
    _ line: [UInt8], _ reader: inout JSONObjectReader
  ) throws(JSONError) -> String {
    guard case .object = try reader.required("data") else {
      throw reader.error("expected an object", at: "data")
    }
    guard let start = line.firstRange(of: dataMark)?.upperBound,
      let end = line.lastIndex(of: UInt8(ascii: "}")), start < end
    else {
      throw reader.error("it must be the last member", at: "data")
    }
    let bytes = line[start..<end]
    guard (try? JSON(parsing: Array(bytes))) != nil else {
      throw reader.error("it must be the last member", at: "data")
    }
    return String(decoding: bytes, as: UTF8.self)
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
