import Glibc

extension Terminal {
  /// Asks a question that is answered with yes or no, on standard error; anything but "y" or "yes"
  /// is no, and so is the end of the input.
  ///
  /// - Parameter question: The question, without `[y/N]`.
  /// - Returns: Whether the answer was yes.
  /// - Throws: ``StreamError`` when the question could not be shown.
  public func confirms(_ question: StyledText) throws(StreamError) -> Bool {
    try output.flush()
    try errors.write(question.rendered(inColor: errorSurface.isInColor) + " [y/N] ")
    try errors.flush()
    return Self.isYes(readLine(strippingNewline: true) ?? "")
  }

  /// Whether an answer means yes.
  static func isYes(_ answer: String) -> Bool {
    let words = answer.split(separator: " ").map { $0.lowercased() }
    return words == ["y"] || words == ["yes"]
  }
}
