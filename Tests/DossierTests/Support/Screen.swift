import FoundationEssentials
import Testing

/// A terminal of a given size, drawn by tmux, with the tool running in it.
struct Screen {
  private let sandbox: Sandbox
  private let name: String

  /// Runs a test on a screen where a script has been started; in the script `signal NAME` lets
  /// ``wait(for:)`` go on, and its end is the signal `ended`.
  static func running(
    _ script: String, in sandbox: Sandbox, columns: Int = 80, lines: Int = 24,
    with extra: [String: String] = [:], _ body: @Sendable (Screen) async throws -> Void
  ) async throws {
    let screen = Screen(sandbox: sandbox, name: "dossier-test-\(UUID().uuidString)")
    try sandbox.write(
      "#!/bin/sh\nexec tmux -L \(screen.name) wait-for -S \"$1\"\n", to: "signal")
    // The last command keeps the screen until the test has read it.
    try sandbox.write(
      "\(script)\necho \"status $?\"\nsignal ended\nexec tail -f /dev/null\n", to: "script")
    // A copy, because a file that this process has written may still be open in a child that another
    // test has just started, and is not run then.
    try await screen.tmux("install -D \"$HOME/signal\" \"$HOME/bin/signal\"", [:])
    try await screen.tmux(
      "tmux -L \(screen.name) -f /dev/null -u new-session -d -x \(columns) -y \(lines) 'bash \"$HOME/script\"'",
      extra)
    do {
      try await body(screen)
    } catch {
      try await screen.close()
      throw error
    }
    try await screen.close()
  }

  /// Waits until the script gives a signal.
  func wait(for signal: String) async throws {
    try await tmux("tmux -L \(name) wait-for \(signal)", [:])
  }

  /// Waits until a text can be seen, such as a question, which no script signals.
  func wait(toShow text: String) async throws {
    while try await !self.text().joined(separator: " ").contains(text) {}
  }

  /// Types keys, as tmux names them: `C-c`, `Enter`, `q`.
  func type(_ keys: String) async throws {
    try await tmux("tmux -L \(name) send-keys \(keys)", [:])
  }

  /// What can be seen, line by line, without the empty lines at the end.
  func text() async throws -> [String] { try await capture("-p") }

  /// The same with the escape sequences that would draw it.
  func styledText() async throws -> [String] { try await capture("-p -e") }

  private func capture(_ options: String) async throws -> [String] {
    let outcome = try await tmux("tmux -L \(name) capture-pane \(options)", [:])
    var lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map(String.init)
  }

  private func close() async throws {
    try await tmux("tmux -L \(name) kill-server", [:])
  }

  @discardableResult
  private func tmux(_ script: String, _ extra: [String: String]) async throws -> Outcome {
    let path = "\(sandbox.home.path)/bin:\(sandbox.environment["PATH"] ?? "")"
    let outcome = try await sandbox.shell(script, with: extra.merging(["PATH": path]) { $1 })
    try #require(outcome.status == 0, "\(script): \(outcome.errors)")
    return outcome
  }
}
