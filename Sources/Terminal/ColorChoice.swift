/// When output is coloured.
public enum ColorChoice: String, Sendable, CaseIterable {
  /// On a terminal, unless the environment says otherwise.
  case auto
  /// Always, also into a file or a pipe.
  case always
  /// Never.
  case never

  /// Decides whether a stream is coloured.
  ///
  /// An explicit choice wins; then `NO_COLOR` (no-color.org), `CLICOLOR_FORCE` (bixense.com/clicolors),
  /// `TERM=dumb`, and whether the stream is a terminal.
  ///
  /// - Parameters:
  ///   - isTerminal: Whether the stream is a terminal.
  ///   - environment: The process's environment.
  /// - Returns: Whether to send colour.
  public func isOn(isTerminal: Bool, environment: [String: String]) -> Bool {
    switch self {
    case .always: return true
    case .never: return false
    case .auto: break
    }
    if let value = environment["NO_COLOR"], !value.isEmpty { return false }
    if let value = environment["CLICOLOR_FORCE"], !value.isEmpty, value != "0" { return true }
    if environment["TERM"] == "dumb" { return false }
    return isTerminal
  }
}
