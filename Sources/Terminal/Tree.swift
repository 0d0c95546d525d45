/// Something with its parts, drawn as branches below it.
public struct Tree: Sendable {
  /// What it says.
  public let text: StyledText
  /// What hangs on it.
  public let parts: [Tree]

  /// A tree that says `text`, with `parts` below it.
  public init(_ text: StyledText, _ parts: [Tree] = []) {
    self.text = text
    self.parts = parts
  }

  /// The lines; what is too long wraps beside its branch, and nothing is cut off.
  ///
  /// - Parameter width: Columns available.
  /// - Returns: The lines, at least one.
  func lines(width: Int) -> [StyledText] {
    lines(width: width, first: "", rest: "")
  }

  /// The lines, where `first` stands before the first of them and `rest` before the others and all parts.
  private func lines(width: Int, first: String, rest: String) -> [StyledText] {
    // Beside a text that wraps runs the branch to its own parts.
    let beside = parts.isEmpty ? rest : rest + "│ "
    var lines: [StyledText] = []
    for line in text.wrapped(to: max(width - beside.count, 20)) {
      lines.append("\(lines.isEmpty ? first : beside, .faint)" + line)
    }
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      lines += part.lines(
        width: width, first: rest + (isLast ? "└ " : "├ "), rest: rest + (isLast ? "  " : "│ "))
    }
    return lines
  }
}
