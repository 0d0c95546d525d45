import ArgumentParser
import EventLog
import StrictJSON
import Terminal

/// `dossier log import`
struct LogImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Restore an exported log as a new casebook, bit for bit. For admins.",
    discussion: """
      EXAMPLES
        dossier log import soviet-defectors.ndjson
        dossier log import soviet-defectors.ndjson --size 1341 --root 5f0c…
      """)

  @Argument(help: "The file, or - for standard input.", completion: .file()) var file: String
  @Option(name: .long, help: "The root that the log must have, as log verify printed it.")
  var root: String?
  @Option(name: .long, help: "How many events the log must have.") var size: Int?
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let known = try KnownRootOptions.read(size: size, root: root)
    var lines = try LineReader(file)
    let session = try await Session.open(global)
    let result: LogImport
    do {
      result = try await session.log.restore(against: known) { try lines.next() }
    } catch let error as LogImportError {
      throw Failure(.badInput, "\(file): \(error)")
    }
    if known == nil {
      session.terminal.note(
        "whether events are missing at the end only their number and root can tell: ask whoever "
          + "exported it for them, and give --size and --root")
    }
    let casebook = try await session.log.casebooks().first { $0.id == result.casebookID }
    try session.show(
      Document(
        json: .document(
          ("casebook", .text(casebook?.slug)), ("events", .integer(result.events)),
          ("root", .string(result.root)))
      ) { width in
        var page = Page(width: width)
        page.add("restored \(casebook?.slug ?? "", .strong): \(counted(result.events, "event"))")
        page.add("root \(result.root)", indent: 2)
        page.add(
          "you are its admin; what it tells of others' access gives them none here", indent: 2)
        return page
      })
  }
}

/// Reads a root that was noted down earlier.
enum KnownRootOptions {
  static func read(size: Int?, root: String?) throws -> KnownRoot? {
    switch (size, root) {
    case (nil, nil): return nil
    case (let size?, let root?):
      guard size > 0 else {
        throw Failure(
          .usage, "--size \(size) is no number of events. Give the one that log verify printed")
      }
      guard root.wholeMatch(of: #/[0-9A-Fa-f]{64}/#) != nil else {
        throw Failure(
          .usage,
          "--root \(root) is no root: it has 64 hexadecimal digits. Give it as log verify "
            + "printed it")
      }
      return KnownRoot(size: size, root: root.lowercased())
    default: throw Failure(.usage, "--size and --root belong together. Give both, or neither")
    }
  }
}
