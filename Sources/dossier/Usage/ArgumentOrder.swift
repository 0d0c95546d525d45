/// Options that people also put before the command: `dossier --casebook NAME case list`.
enum ArgumentOrder {
  /// The options, with whether they take a value.
  private static let movable = [
    "--casebook": true, "--format": true, "--color": true, "--db": true, "--no-pager": false,
  ]

  /// The arguments with such options behind the words, where the parser looks for them.
  static func canonical(_ arguments: [String]) -> [String] {
    var rest = arguments[...]
    var options: [String] = []
    while let argument = rest.first, let takesValue = movable[name(of: argument)] {
      options.append(rest.removeFirst())
      if takesValue, !argument.contains("="), let value = rest.popFirst() { options.append(value) }
    }
    // Behind a "--" they would be taken for words.
    let end = rest.firstIndex(of: "--") ?? rest.endIndex
    return rest[..<end] + options + rest[end...]
  }

  private static func name(of argument: String) -> String {
    String(argument.prefix { $0 != "=" })
  }
}
