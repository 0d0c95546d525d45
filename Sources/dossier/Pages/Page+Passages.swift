import Casebook
import StrictJSON
import Terminal

extension Page {
  /// Adds passages of a source's text, each under its place; its lines stay lines.
  mutating func add(_ passages: [SourceText.Passage]) {
    for passage in passages {
      gap()
      if let place = passage.place { add(StyledText(place, .strong)) }
      for line in passage.lines {
        if line.isEmpty { gap() } else { add(StyledText(line)) }
      }
    }
  }
}

extension SourceText.Passage {
  /// Its lines without line ends and without the empty ones around them.
  var lines: [String] {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { $0.allSatisfy(\.isWhitespace) ? "" : String($0) }
    guard let first = lines.firstIndex(where: { !$0.isEmpty }),
      let last = lines.lastIndex(where: { !$0.isEmpty })
    else { return [] }
    return Array(lines[first...last])
  }
}

extension JSON {
  /// Passages of a source's text.
  static func passages(_ passages: [SourceText.Passage]) -> [JSON] {
    passages.map { .document(("place", .text($0.place)), ("text", .string($0.text))) }
  }
}
