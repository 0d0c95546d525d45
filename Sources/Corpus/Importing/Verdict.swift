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
  ///   - sinceExport: what became of it since the files were written from this casebook.
  init(
    isSame: Bool, digest: String, mark: ImportMark?, hasDiverged: Bool, sinceExport: SinceExport
  ) {
    if isSame {
      self = .unchanged
    } else if let mark, !hasDiverged {
      // The same digest with another content is another way to write the same thing.
      self = mark.digest == digest ? .unchanged : .corrected
    } else {
      switch sinceExport {
      case .unchanged: self = .corrected
      case .changed:
        self = .diverged(
          "it was changed in the casebook after these files were exported; export again and change it "
            + "there")
      case .unknown where mark == nil:
        self = .diverged(
          "it was recorded by hand and says something else; export the casebook and change it there"
        )
      case .unknown:
        self = .diverged(
          "it was changed by hand since it was last imported; export the casebook and change it there"
        )
      }
    }
  }
}

/// What became of something since the files were written from this casebook.
enum SinceExport {
  /// It says what it said then.
  case unchanged
  /// It says something else.
  case changed
  /// It was not there then, or the files do not come from this casebook.
  case unknown

  init<Content: Equatable>(_ then: Content?, _ now: Content) {
    self = then.map { $0 == now ? .unchanged : .changed } ?? .unknown
  }
}
