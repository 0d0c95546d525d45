import ArgumentParser
import StrictJSON

/// The commands that the words at the beginning of a command line name.
struct CommandPath {
  private var command: any ParsableCommand.Type = Dossier.self
  private var words = ["dossier"]
  /// The first word that names no command where one was expected.
  private var unknownWord: String?

  init(_ arguments: [String]) {
    for argument in arguments {
      let subcommands = command.configuration.subcommands
      guard !subcommands.isEmpty, !argument.hasPrefix("-") else { return }
      guard let next = subcommands.first(where: { Self.names(of: $0).contains(argument) }) else {
        unknownWord = argument
        return
      }
      command = next
      words.append(argument)
    }
  }

  /// The command as it is typed: `dossier case show`.
  var text: String { words.joined(separator: " ") }

  /// The failure to name a command, if there is one, with what was perhaps meant.
  var unknownCommand: Failure? {
    guard let unknownWord else { return nil }
    let subcommands = command.configuration.subcommands.filter {
      $0.configuration.shouldDisplay
    }
    let hint =
      closest(to: unknownWord, among: subcommands.flatMap { Self.names(of: $0) })
      .map { "Did you mean \"\(text) \($0)\"?" } ?? "See \"\(text) --help\""
    return Failure(.usage, "there is no command \"\(text) \(unknownWord)\". \(hint)")
  }

  private static func names(of command: any ParsableCommand.Type) -> [String] {
    [command._commandName] + command.configuration.aliases
  }
}
