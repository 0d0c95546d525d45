/// A stream as the log names it. Whoever wrote the event may have chosen a name that is no short name.
public struct StreamName: Hashable, Sendable {
  /// What the stream is about.
  public let kind: StreamAddress.Kind
  /// The name as it stands in the log.
  public let text: String

  /// The stream of the `kind` named `text`.
  public init(_ kind: StreamAddress.Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }

  /// The name of the stream at `address`.
  public init(_ address: StreamAddress) {
    self.init(address.kind, address.id.text)
  }

  /// Names are told apart by their bytes, as the log does: `==` of texts takes a composed and a decomposed accent for the
  /// same.
  public static func == (left: StreamName, right: StreamName) -> Bool {
    left.kind == right.kind && left.text.utf8.elementsEqual(right.text.utf8)
  }
}
