import ArgumentParser
import Glibc
import Terminal

/// Runs one command from the words on the command line to the exit status.
enum App {
  static func main() async -> Never {
    ByteStream.ignoreBrokenPipes()
    Interruption.install()
    let status = await run(Array(CommandLine.arguments.dropFirst()))
    exit(status.rawValue)
  }

  private static func run(_ arguments: [String]) async -> ExitStatus {
    var command: any ParsableCommand
    do {
      command = try Dossier.parseAsRoot(arguments)
    } catch {
      return report(parseError: error)
    }
    do {
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
      return .done
    } catch let status as ExitStatus {
      return status
    } catch is CleanExit {
      return report(parseError: CleanExit.helpRequest(type(of: command)))
    } catch let mistake as ValidationError {
      return report(parseError: mistake)
    } catch {
      return report(Failure(error))
    }
  }

  /// Help and version go to standard output, mistakes of usage to standard error.
  private static func report(parseError error: any Error) -> ExitStatus {
    let isClean = Dossier.exitCode(for: error).isSuccess
    let text = Dossier.fullMessage(for: error)
    write(text.hasSuffix("\n") ? text : text + "\n", to: isClean ? STDOUT_FILENO : STDERR_FILENO)
    return isClean ? .done : .usage
  }

  private static func report(_ failure: Failure) -> ExitStatus {
    if let message = failure.message {
      let line = "dossier: \(message)".escapedForDisplay
      write(
        line.hasSuffix(".") || line.hasSuffix("?") ? line + "\n" : line + ".\n", to: STDERR_FILENO)
    }
    return failure.status
  }

  /// Whoever closed the stream does not want to read it.
  private static func write(_ text: String, to descriptor: Int32) {
    let stream = ByteStream(descriptor)
    try? stream.write(text)
    try? stream.flush()
  }
}
