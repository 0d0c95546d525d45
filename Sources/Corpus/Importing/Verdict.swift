import Casebook

/// What becomes of an entry that is recorded already. The file is compared with what was last imported, never with the
/// current state alone: who changed something here must not be overruled by a file that does not know of it.
enum Verdict: Equatable {
  case unchanged
  case corrected
  case diverged(String)

  /// - Parameters:
  ///   - isSame: whether the entry says what is recorded now.
  ///   - digest: the digest of the entry.
  ///   - mark: the mark of the last import; nil when it was never imported.
  ///   - hasDiverged: whether it was changed by hand since.
  init(isSame: Bool, digest: String, mark: ImportMark?, hasDiverged: Bool) {
    if isSame {
      self = .unchanged
    } else if let mark {
      if hasDiverged {
        self = .diverged("it was changed by hand since it was last imported")
      } else {
        // The same digest with another content is another way to write the same thing.
        self = mark.digest == digest ? .unchanged : .corrected
      }
    } else {
      self = .diverged("it was recorded by hand and says something else")
    }
  }
}
