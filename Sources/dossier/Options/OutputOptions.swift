import ArgumentParser
import CasebookStore
import FoundationEssentials
import Terminal

/// Where an export goes.
struct OutputOptions: ParsableArguments {
  @Option(
    name: [.short, .long],
    help: "The file to write; it must not exist yet (default: standard output).",
    completion: .file())
  var output: String?

  /// Refuses a file that is there, before anything is read for it.
  func check() throws {
    guard let output, FileManager.default.fileExists(atPath: output) else { return }
    throw Failure(.badInput, "\(output) exists already. Name another file, or remove it first")
  }

  /// Writes the whole text or nothing, and says on standard error what must be known beside it.
  func write(_ text: String, on view: View, in session: Session) throws {
    session.warnOfStops(view)
    try write(text, in: session)
  }

  /// Writes the whole text or nothing.
  func write(_ text: String, in session: Session) throws {
    guard let output else {
      try session.terminal.output.write(text)
      try session.terminal.output.flush()
      return
    }
    do {
      try Data(text.utf8).write(to: URL(filePath: output), options: .withoutOverwriting)
    } catch {
      throw Failure(
        .badInput, "\(output) cannot be written. Check its directory, and who may write there")
    }
  }
}
