import Glibc

extension Terminal {
  /// Asks a question that is answered with yes or no, on standard error; anything but "n" or "no"
  /// is yes, but the end of the input is no.
  ///
  /// - Parameter question: The question, without `[Y/n]`.
  /// - Returns: Whether the answer was yes.
  /// - Throws: ``StreamError`` when the question could not be shown.
  public func confirms(_ question: StyledText) throws(StreamError) -> Bool {
    try output.flush()
    try errors.write(question.rendered(inColor: errorSurface.isInColor) + " [Y/n] ")
    try errors.flush()
    return readLine(strippingNewline: true).map(Self.isYes) ?? false
  }

  /// Whether an answer means yes.
  static func isYes(_ answer: String) -> Bool {
    let words = answer.split(separator: " ").map { $0.lowercased() }
    return words != ["n"] && words != ["no"]
  }
}
