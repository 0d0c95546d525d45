import Terminal

/// Finds `--color` on a command line that cannot be parsed, since errors are coloured too.
enum ColorFlag {
  /// The choice made there; without one, or with one that is none, the automatic one.
  static func choice(in arguments: [String]) -> ColorChoice {
    let options = Array(arguments.prefix { $0 != "--" })
    for (index, argument) in options.enumerated() {
      if argument.hasPrefix("--color=") {
        return ColorChoice(rawValue: String(argument.dropFirst("--color=".count))) ?? .auto
      }
      if argument == "--color", index + 1 < options.count {
        return ColorChoice(rawValue: options[index + 1]) ?? .auto
      }
    }
    return .auto
  }
}
