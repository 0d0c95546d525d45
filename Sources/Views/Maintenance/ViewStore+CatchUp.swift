extension ViewStore {
  /// Carries the generation that readers see on to the end of the log, or to `target`.
  ///
  /// - Returns: where it stands then: less than was asked for when an event cannot be applied.
  /// - Throws: `ViewError.notBuilt` before the first build; `ViewError.outdated` when another version of the view folded
  ///   the rows, since those of two do not mix.
  @discardableResult
  public func catchUp(
    _ projection: any Projection.Type, to target: Int64? = nil
  ) async throws -> Int64 {
    while true {
      guard let active = try await activeGeneration(of: projection) else {
        throw ViewError.notBuilt(view: projection.name)
      }
      guard active.viewVersion == projection.version else {
        throw ViewError.outdated(view: projection.name, version: active.viewVersion)
      }
      let end: Int64
      if let target { end = target } else { end = try await head() }
      guard active.position < end else { return active.position }
      do {
        return try await advance(projection, active.id, to: end)
      } catch ViewError.replaced {
        // A rebuild has just put another one in its place.
        continue
      }
    }
  }
}
