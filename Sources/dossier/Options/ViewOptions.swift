import ArgumentParser

/// Options of commands that are answered from views.
struct ViewOptions: ParsableArguments {
  @Flag(name: .long, help: "Answer from the views as they stand, without carrying them on first.")
  var staleOk = false

  @Flag(
    name: .long,
    help: "Wait until whoever keeps the views has carried them on (projection follow).")
  var wait = false

  func validate() throws {
    guard !(staleOk && wait) else {
      throw ValidationError("--stale-ok and --wait are opposites. Choose one.")
    }
  }
}
