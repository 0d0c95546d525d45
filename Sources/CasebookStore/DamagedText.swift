/// The text of a source was changed in the database since it was attached. Nothing is shown of it or quoted from it.
public struct DamagedText: Error, Hashable, Sendable, CustomStringConvertible {
  /// The text.
  public let text: TextVerification.Text

  /// The text, what is wrong and what to do.
  public var description: String {
    "\(text.source): \(text.damage); dossier log verify names every such text"
  }
}
