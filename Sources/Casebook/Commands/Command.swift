public import StrictJSON

/// Something that somebody wants done. `decide` says what happens, from the state alone: time, identifiers and authors
/// are not its business.
public protocol Command: Sendable {
  /// The canonical form of what was asked: two requests are the same exactly when this is.
  var json: JSON { get }

  /// The cases whose state decides, those it only points to included.
  var cases: Set<Slug> { get }

  /// Streams that receive no event and must not have moved when the decision is written down.
  var guards: Set<StreamAddress> { get }

  /// What happens, as events for the log.
  ///
  /// - Throws: `Refusal` saying what is wrong and what to do instead.
  func decide(on state: CasebookState) throws(Refusal) -> [Decision]
}

extension Command {
  /// No stream but those that receive events.
  public var guards: Set<StreamAddress> { [] }
}

/// An event that a command leads to, with its stream and its voice.
public struct Decision: Hashable, Sendable {
  /// The stream to append to.
  public let stream: StreamAddress
  /// The source whose claim it is; nil when an analyst speaks.
  public let voice: Slug?
  /// What happens.
  public let event: Event
  /// What to call the thing from now on.
  public let reference: Reference

  static func onCase(
    _ slug: Slug, _ event: Event, voice: Slug? = nil, reference: Reference
  ) -> Decision {
    Decision(
      stream: StreamAddress(.caseFile, slug), voice: voice, event: event, reference: reference)
  }

  static func onSource(_ slug: Slug, _ event: Event, reference: Reference? = nil) -> Decision {
    Decision(
      stream: StreamAddress(.source, slug), voice: nil, event: event,
      reference: reference ?? .file(slug))
  }
}

extension JSON {
  /// An object of the members that are there.
  static func members(_ members: (String, JSON?)...) -> JSON {
    .object(JSONObject(members.compactMap { key, value in value.map { (key, $0) } }))
  }

  static func text(_ text: String?) -> JSON? { text.map(JSON.string) }

  static func reference(_ reference: ItemReference) -> JSON { .string(reference.description) }
}
