import ArgumentParser

@main
struct Dossier: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "dossier", abstract: "x")
  func run() async throws { print("hi") }
}
