import EmbeddedPostgres
import PostgresClient
import Subprocess
import SystemPackage

/// One of PostgreSQL's own programs.
struct DatabaseProgram {
  let name: String

  init(_ name: String) {
    self.name = name
  }

  /// Runs it to its end.
  ///
  /// - Parameters:
  ///   - arguments: What stands after its name; never a password.
  ///   - server: The server it talks to, if it talks to one.
  ///   - input: What it reads from standard input.
  ///   - output: Where its standard output goes.
  /// - Returns: What it wrote to standard output.
  /// - Throws: `ProgramFailure`; `Failure` when it is not installed.
  @discardableResult
  func run<Input: InputProtocol, Output: OutputProtocol>(
    _ arguments: [String], on server: PostgresConfiguration? = nil, input: Input = .none,
    output: Output = .discarded
  ) async throws -> Output.OutputType {
    let result: ExecutionResult<Void, Output, BytesOutput>
    do {
      result = try await Subprocess.run(
        .name(name),
        arguments: Arguments(
          arguments + (server.map { ["--dbname=\($0.connectionString)"] } ?? [])),
        environment: Self.environment(server), input: input, output: output,
        error: .bytes(limit: 1 << 20))
    } catch let error as SubprocessError where error.code == .executableNotFound {
      throw Failure(
        .unavailable,
        "\(name) is not installed. Install it with: apt-get install postgresql-client")
    }
    guard result.terminationStatus.isSuccess else {
      throw ProgramFailure(name, result.terminationStatus, result.standardError)
    }
    return result.standardOutput
  }

  /// The password goes by the environment, which nobody else may read; arguments everybody may. Messages are English,
  /// so that what they say can be told apart.
  private static func environment(_ server: PostgresConfiguration?) -> Environment {
    var changes: [Environment.Key: String?] = ["LC_ALL": "C", "PGCLIENTENCODING": "UTF8"]
    if let password = server?.password { changes["PGPASSWORD"] = password }
    return .inherit.updating(changes)
  }
}

/// What one of PostgreSQL's programs ended with.
struct ProgramFailure: Error {
  let program: String
  /// What it wrote to standard error.
  let output: String

  private let end: TerminationStatus

  fileprivate init(_ program: String, _ end: TerminationStatus, _ output: [UInt8]) {
    self.program = program
    self.output = String(decoding: output, as: UTF8.self)
    self.end = end
  }

  /// What it complained about, as sentences.
  var message: String {
    let message = complaint(in: output)
    return message.isEmpty ? "\(program) ended without a word (\(end))." : message
  }

  /// The server's error, where the program was asked to tell its code.
  var serverError: (sqlState: SQLState, message: String)? {
    // Codes that begin with 00 and 01 are remarks.
    guard let match = output.firstMatch(of: /[^ :]+:  (?!0[01])([0-9A-Z]{5}): (.*)/) else {
      return nil
    }
    return (SQLState(rawValue: String(match.output.1)), String(match.output.2))
  }

  /// Why it could not write its output.
  var writeError: String? {
    (output.firstMatch(of: /could not (?:write to|close) (?:output )?file[^:\n]*: (.*)/)?.output.1)
      .map(String.init)
  }
}
