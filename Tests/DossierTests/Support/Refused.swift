import Testing

/// A line that must be refused.
struct Refused {
  let line: String
  let status: Int32
  /// Words that the message must hold: what is wrong, where, what to do.
  let words: [String]

  init(_ line: String, _ status: Int32, _ words: String...) {
    self.line = line
    self.status = status
    self.words = words
  }
}

extension Sandbox {
  /// Types lines each of which must end so, with a paragraph on standard error, not a word on standard output, and
  /// nothing written.
  func expect(_ refusals: [Refused]) async throws {
    let written = try await written()
    for refused in refusals {
      let outcome = try await typed(refused.line)
      let comment: Comment = "dossier \(refused.line)\n\(outcome.status): \(outcome.errors)"
      #expect(outcome.status == refused.status, comment)
      #expect(outcome.output.isEmpty, comment)
      #expect(outcome.errors.hasPrefix("dossier: ") && outcome.errors.hasSuffix("\n"), comment)
      for word in refused.words { #expect(outcome.errors.contains(word), "\(word): \(comment)") }
      // Nothing of the program's own making shows through.
      for word in ["Error", "Swift", "SELECT", "dossier.event", "Optional(", " nil", "bug in"] {
        #expect(!outcome.errors.contains(word), comment)
      }
      try #expect(await self.written() == written, comment)
    }
  }
}
