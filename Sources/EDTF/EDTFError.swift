/// Why a text is no date in EDTF, or none that is read here.
public struct EDTFError: Error, Hashable, Sendable {
  /// The text that was given.
  public let text: String
  /// What is wrong, as a phrase.
  public let message: String
  /// The character at which it goes wrong, counted from 0.
  public let offset: Int
  /// What was probably meant, in EDTF; never applied without being asked for.
  public private(set) var suggestion: String?

  init(_ text: String, _ message: String, at offset: Int) {
    self.text = text
    self.message = message
    self.offset = offset
  }

  /// The same error about the whole of what was given, with a suggestion; of words that name a day that is none, that
  /// there is none.
  func explained(_ text: String) -> EDTFError {
    var error = EDTFError(text, message, at: offset)
    error.suggestion = EDTF.suggestion(for: text)
    if error.suggestion == nil, let message = EDTF.impossibility(in: text) {
      error = EDTFError(text, message, at: 0)
    }
    return error
  }
}

extension EDTFError: CustomStringConvertible {
  /// The text, what is wrong with it and where, and what was probably meant.
  public var description: String {
    let place = offset > 0 && offset < text.count ? " (at character \(offset + 1))" : ""
    let question = suggestion.map { "; did you mean \($0)?" } ?? ""
    return "“\(text)” cannot be read as an EDTF date: \(message)\(place)\(question)"
  }
}
