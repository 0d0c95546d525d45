import Terminal

extension Terminal {
  /// Says something beside the answer, on standard error.
  func note(_ text: String) {
    say(StyledText(text, .faint))
  }

  /// Warns of something that does not keep the command from going on.
  func warn(_ text: String) {
    say("\("warning:", .caution) \(text)")
  }

  /// Says why the command failed, in one paragraph.
  func complain(_ failure: Failure) {
    guard let message = failure.message else { return }
    let isSentence = message.last.map { ".?!".contains($0) } ?? false
    say("\("dossier:", .bad) \(message)" + (isSentence ? "" : "."))
  }

  private func say(_ text: StyledText) {
    // Only a screen needs lines; in a log a whole message is easier to find.
    let lines =
      errorSurface.isTerminal
      ? text.wrapped(to: errorSurface.width, breakingWords: false) : [text]
    let rendered = lines.map { $0.rendered(inColor: errorSurface.isInColor) + "\n" }.joined()
    // Where standard error cannot be written to, there is nobody to tell.
    try? errors.write(rendered)
    try? errors.flush()
  }
}
