/// What a command shows people: lines laid out for a width, built from top to bottom.
public struct Page: Sendable {
  /// Columns available.
  public let width: Int
  /// The lines so far.
  public private(set) var lines: [StyledText] = []

  /// Starts an empty page.
  ///
  /// - Parameter width: Columns available, at least 20 are assumed.
  public init(width: Int) {
    self.width = max(width, 20)
  }

  /// Adds an empty line, but not at the top and never two in a row.
  public mutating func gap() {
    if let last = lines.last, !last.isEmpty { lines.append(StyledText()) }
  }

  /// Adds text, wrapped.
  ///
  /// - Parameters:
  ///   - text: What to show.
  ///   - indent: Columns before every line.
  ///   - hanging: Further columns before each line after the first.
  public mutating func add(_ text: StyledText, indent: Int = 0, hanging: Int = 0) {
    let margin = StyledText(String(repeating: " ", count: indent))
    for line in text.wrapped(to: width - indent, hangingIndent: hanging, breakingWords: false) {
      lines.append(line.isEmpty ? line : margin + line)
    }
  }

  /// Adds a line with one text at the left and one at the right edge, as at the top of a case; on
  /// two lines when there is no room for both.
  public mutating func add(left: StyledText, right: StyledText) {
    let slack = width - left.width - right.width
    if slack >= 2 {
      lines.append(left + StyledText(String(repeating: " ", count: slack)) + right)
    } else {
      add(left)
      add(right)
    }
  }

  /// Adds a table.
  ///
  /// - Parameters:
  ///   - table: The rows.
  ///   - indent: Columns before every line.
  ///   - whole: The table of all rows of the page, whose columns this one shares.
  public mutating func add(_ table: Table, indent: Int = 0, partOf whole: Table? = nil) {
    lines += table.lines(width: width, indent: indent, partOf: whole)
  }

  /// Adds a text with another at the right edge of its last line, or below it when there is no room for both.
  ///
  /// - Parameters:
  ///   - text: What to show, wrapped.
  ///   - closing: What stands at the right edge.
  ///   - hanging: Columns before each line of the text after the first.
  public mutating func add(_ text: StyledText, closing: StyledText, hanging: Int) {
    var wrapped = text.wrapped(to: width, hangingIndent: hanging)
    let last = wrapped.removeLast()
    lines += wrapped
    let slack = width - last.width - closing.width
    if slack >= 2 {
      lines.append(last + StyledText(String(repeating: " ", count: slack)) + closing)
    } else {
      lines.append(last)
      let margin = String(repeating: " ", count: max(width - closing.width, 0))
      lines.append(StyledText(margin) + closing)
    }
  }

  /// Adds two pages in two columns, line beside line.
  ///
  /// - Parameters:
  ///   - left: The page in the left column, which is as wide as it.
  ///   - right: The page in the right column.
  public mutating func add(_ left: Page, beside right: Page) {
    for index in 0..<max(left.lines.count, right.lines.count) {
      let first = index < left.lines.count ? left.lines[index] : StyledText()
      guard index < right.lines.count, !right.lines[index].isEmpty else {
        lines.append(first)
        continue
      }
      let slack = String(repeating: " ", count: max(left.width - first.width, 0) + Table.gap)
      lines.append(first + StyledText(slack) + right.lines[index])
    }
  }

  /// Adds a tree.
  public mutating func add(_ tree: Tree) {
    lines += tree.lines(width: width)
  }

  /// The page as text, each line ended by a line feed.
  ///
  /// - Parameter inColor: Whether styles become escape sequences.
  /// - Returns: The text.
  public func rendered(inColor: Bool) -> String {
    lines.map { $0.rendered(inColor: inColor) + "\n" }.joined()
  }
}
