import ArgumentParser
import Dispatch
import Glibc
import Terminal

/// Runs one command from the words on the command line to the exit status.
@main
enum App {
  /// Not asynchronous: by the time such a function runs, the runtime has opened files of its own, perhaps in the place
  /// of a stream that was closed.
  static func main() {
    StandardStreams.open()
    ByteStream.ignoreBrokenPipes()
    let arguments = ArgumentOrder.canonical(Array(CommandLine.arguments.dropFirst()))
    let work = Task { await run(arguments) }
    Interruption.watch { work.cancel() }
    Task {
      let status = await work.value
      exit(status == .interrupted ? Interruption.status : status.rawValue)
    }
    dispatchMain()
  }

  private static func run(_ arguments: [String]) async -> ExitStatus {
    do {
      try ArgumentBytes.validate()
      if let failure = unknownCommandToHelpWith(arguments) { throw failure }
      let command = try Dossier.parseAsRoot(arguments)
      do {
        try await run(command)
      } catch is CleanExit {
        // A noun without a verb.
        throw CleanExit.helpRequest(type(of: command))
      }
      return .done
    } catch {
      return conclude(error, arguments)
    }
  }

  private static func run(_ command: any ParsableCommand) async throws {
    var command = command
    if var asynchronous = command as? any AsyncParsableCommand {
      try await asynchronous.run()
    } else {
      try command.run()
    }
  }

  /// The parser would show its first page to whoever asks for help with what does not exist.
  private static func unknownCommandToHelpWith(_ arguments: [String]) -> Failure? {
    guard arguments.first == "help" else { return nil }
    return CommandPath(Array(arguments.dropFirst())).unknownCommand
  }

  // MARK: How it ended

  private static func conclude(_ error: any Error, _ arguments: [String]) -> ExitStatus {
    if Interruption.isRequested {
      PendingWrite.tell()
      return .interrupted
    }
    if let status = error as? ExitStatus { return status }
    let environment = Settings.processEnvironment
    let terminal = Terminal(environment: environment, color: ColorFlag.choice(in: arguments))
    if let help = HelpText(error, width: terminal.outputSurface.width) {
      // Whoever closed the stream does not want to read it.
      try? terminal.output.write(help.text)
      try? terminal.output.flush()
      return .done
    }
    let isUsage = Dossier.exitCode(for: error) == .validationFailure
    let failure = isUsage ? UsageMessage.failure(error, arguments) : Failure(error)
    terminal.complain(failure)
    return failure.status
  }
}
