import ArgumentParser
import PostgresClient

/// `dossier db url`
struct DatabaseURL: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "url", abstract: "Print how other programs connect to the database.",
    discussion: """
      EXAMPLES
        psql "$(dossier db url)"
      """)

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    print(
      try Server(try Settings(), url: global.databaseURL)
        .configuration.connectionString)
  }
}

extension PostgresConfiguration {
  /// libpq keywords, without passwords: none ever stands in an argument.
  var connectionString: String {
    keywords
      .filter { !$0.key.contains("password") && $0.key != "application_name" }
      .sorted { $0.key < $1.key }
      .map { "\($0.key)='\(Self.escaped($0.value))'" }
      .joined(separator: " ")
  }

  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      if character == "'" || character == "\\" { result.append("\\") }
      result.append(character)
    }
  }
}
