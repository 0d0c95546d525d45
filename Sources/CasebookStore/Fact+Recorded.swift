public import Casebook
public import EventLog
import StrictJSON

extension Fact {
  /// Reads a recorded event.
  ///
  /// - Throws: `EvolveError` when this version of Dossier does not know the event or cannot read it.
  public init(_ recorded: RecordedEvent) throws(EvolveError) {
    func poison(_ message: String) -> EvolveError {
      EvolveError(position: recorded.position, message: message)
    }
    guard let type = EventType(rawValue: recorded.type),
      recorded.schemaVersion == type.schemaVersion
    else {
      throw poison(
        "this version of Dossier does not know \(recorded.type) version \(recorded.schemaVersion); "
          + "upgrade, if a newer version wrote it")
    }
    do {
      let kind = StreamAddress.Kind(recorded.stream.kind)
      self.init(
        position: recorded.position,
        stream: StreamAddress(kind, try Slug(recorded.stream.id)),
        streamVersion: recorded.streamVersion,
        voice: try recorded.voice.map { voice throws(Refusal) in try Slug(voice) },
        recordedAt: recorded.recordedAt,
        recordedBy: recorded.recordedBy,
        event: try Event(type, data: JSON(parsing: recorded.data)))
    } catch {
      throw poison("\(recorded.type): \(error)")
    }
  }
}

extension StreamAddress.Kind {
  /// What a stream of the log is about, in the domain's terms.
  public init(_ kind: StreamKind) {
    self =
      switch kind {
      case .casebook: .casebook
      case .source: .source
      case .case: .caseFile
      }
  }
}

extension StreamID {
  init(_ address: StreamAddress) {
    let kind: StreamKind =
      switch address.kind {
      case .casebook: .casebook
      case .source: .source
      case .caseFile: .case
      }
    self.init(kind, address.id.text)
  }
}

extension StreamName {
  /// The name of a stream of the log, whatever it is.
  public init(_ stream: StreamID) {
    self.init(StreamAddress.Kind(stream.kind), stream.id)
  }
}

extension RecordedEvent {
  /// The stream, if its name is a short name; no other can be written to.
  public var address: StreamAddress? {
    (try? Slug(stream.id)).map { StreamAddress(.init(stream.kind), $0) }
  }

  /// The local reference an event gives out or speaks of, if its payload can be read at all.
  public var localReference: String? {
    (try? JSON(parsing: data))?["ref"]?.stringValue
  }
}
