import Calendar

extension CasebookState {
  /// A casebook with nothing but its first event.
  ///
  /// - Throws: `EvolveError` when no casebook can begin so.
  public static func created(_ content: CasebookContent) throws(EvolveError) -> CasebookState {
    var state = CasebookState()
    try state.evolve(
      Fact(
        position: 1, stream: StreamAddress(.casebook, content.slug), streamVersion: 1, voice: nil,
        recordedAt: Instant(microseconds: 0), recordedBy: "", event: .casebookCreated(content)))
    return state
  }
}
