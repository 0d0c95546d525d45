/// The literals of a piece of SQL that are in quotation marks and have no E before them: what a backslash in one means,
/// a session decides with `standard_conforming_strings`.
enum PlainLiterals {
  /// Whether there is such a literal with a backslash in it. A literal goes on in the next line as it began.
  static func holdBackslash(_ sql: String) -> Bool {
    let tokens =
      #/--[^\n]*|\/\*(?s:.*?)\*\/|"[^"]*"|\$(\w*)\$(?s:.*?)\$\1\$|[Ee]'(?:[^'\\]|\\.|'')*'(?:\s*\n\s*'(?:[^'\\]|\\.|'')*')*|'(?:[^']|'')*'/#
    return sql.matches(of: tokens).contains {
      $0.output.0.first == "'" && $0.output.0.contains("\\")
    }
  }
}
