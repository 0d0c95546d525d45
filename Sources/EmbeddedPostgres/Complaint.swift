/// What PostgreSQL's programs complained about: its messages without their prefixes, and its hints.
public func complaint(in output: String) -> String {
  let lines = output.split(whereSeparator: \.isNewline)
  var found = lines.compactMap(complaint(inLine:)).reduce(into: [Substring]()) {
    if !$0.contains($1) { $0.append($1) }
  }
  if found.isEmpty { found = lines.suffix(1) }
  return found.suffix(3).map { ".?!".contains($0.last ?? ".") ? $0 : $0 + "." }
    .joined(separator: " ")
}

private func complaint(inLine line: Substring) -> Substring? {
  for level in ["FATAL:", "PANIC:", "ERROR:", "error:", "HINT:"] {
    if let text = text(of: line, after: level) { return text }
  }
  // What is wrong in a configuration file is only a remark to PostgreSQL.
  guard let remark = text(of: line, after: "LOG:"),
    ["could not", "invalid value", "unrecognized", "syntax error"].contains(where: remark.contains)
  else { return nil }
  return remark
}

/// What follows the mark in the line, spaces left out; nothing if the mark is not there.
private func text(of line: Substring, after mark: String) -> Substring? {
  var rest = line
  while !rest.hasPrefix(mark) {
    if rest.isEmpty { return nil }
    rest.removeFirst()
  }
  return rest.dropFirst(mark.count).drop { $0 == " " }
}
