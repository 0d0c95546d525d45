public import Casebook
public import EventLog
public import struct FoundationEssentials.UUID
import StrictJSON

/// Commands that are carried out together or not at all.
public struct Request: Sendable {
  /// Its identity: a request can be repeated under the same one and happens once.
  public let id: UUID
  /// True when the caller chose the identity, so that it may have happened already.
  public let mayBeRepeated: Bool
  /// What is to be done, in order; each command finds what the ones before it did.
  public let commands: [any Command]
  /// Versions that cases and sources must have for the request to be carried out; `casebook` stands for the casebook's
  /// own stream.
  public var expectedVersions: [Slug: Int64]
  /// Texts that the commands attach, kept with what they lead to.
  public var texts: [KeptText] = []
  /// Whether quotes are held against the texts of their sources.
  public var checksQuotes = true
  /// The first position of the request that this one undoes; nil when it undoes none.
  public internal(set) var undone: Int64?
  /// What was asked in canonical form, where it is not the commands themselves.
  public let canonicalText: String

  /// A request for `commands`.
  ///
  /// - Parameters:
  ///   - id: its identity; nil draws a new one.
  ///   - commands: what is to be done, in order.
  ///   - expectedVersions: versions that cases and sources must have; 0 for one that must not exist.
  ///   - canonicalText: what was asked, when the commands were worked out from the state of the casebook and would be
  ///     others a second time.
  public init(
    id: UUID? = nil, _ commands: [any Command], expectedVersions: [Slug: Int64] = [:],
    canonicalText: String? = nil
  ) {
    self.id = id ?? UUID()
    mayBeRepeated = id != nil
    self.commands = commands
    self.expectedVersions = expectedVersions
    self.canonicalText =
      canonicalText ?? JSON.array(commands.map(\.json)).canonicalText
  }
}
