/// Rows in aligned columns that fit the width at hand: what is too long wraps, nothing is cut off.
public struct Table: Sendable {
  /// One column.
  public struct Column: Sendable {
    /// Where the contents stand in the column.
    public enum Alignment: Sendable {
      case left
      case right
    }

    let title: String
    let alignment: Alignment
    let wraps: Bool
    let limit: Int?

    /// Describes a column.
    ///
    /// - Parameters:
    ///   - title: What stands at its head; none when every title is empty.
    ///   - alignment: Where its contents stand; numbers belong on the right.
    ///   - wraps: Whether it gives way when there is not enough room. References, dates and
    ///     numbers should not; names and sentences should.
    ///   - limit: The widest the column becomes when there is not enough room. A longer cell stays whole, and the
    ///     cells after it stand on the line below.
    public init(
      _ title: String = "", alignment: Alignment = .left, wraps: Bool = false, limit: Int? = nil
    ) {
      self.title = title
      self.alignment = alignment
      self.wraps = wraps
      self.limit = limit
    }
  }

  /// Columns between two columns.
  static let gap = 2
  /// The least a wrapping column is narrowed to before the table is stacked instead.
  static let narrowest = 12

  let columns: [Column]
  private(set) var rows: [Row] = []

  struct Row {
    let cells: [StyledText]
    /// Stand below the cells one after another, each from a column on to the right edge.
    var notes: [(text: StyledText, column: Int)] = []
  }

  /// Makes an empty table.
  public init(_ columns: [Column]) {
    self.columns = columns
  }

  /// Adds a row; cells that are missing at the end are empty.
  public mutating func addRow(_ cells: [StyledText]) {
    let missing = max(columns.count - cells.count, 0)
    rows.append(
      Row(
        cells: Array(cells.prefix(columns.count)) + Array(repeating: StyledText(), count: missing)))
  }

  /// Writes a text below the last row and its notes, from a column on to the right edge: it takes the width of those
  /// columns but makes none of them wider.
  public mutating func addNote(_ text: StyledText, under column: Int) {
    guard !rows.isEmpty else { return }
    rows[rows.count - 1].notes.append((text, column))
  }

  /// Lays the table out.
  ///
  /// - Parameters:
  ///   - width: Columns of the terminal.
  ///   - indent: Columns left free before each line.
  ///   - whole: A table with the same columns, of whose rows this one shows some: its columns are as wide as those.
  /// - Returns: The lines, titles first, without spaces at their ends.
  public func lines(width: Int, indent: Int = 0, partOf whole: Table? = nil) -> [StyledText] {
    if rows.isEmpty { return [] }
    guard let widths = (whole ?? self).columnWidths(fitting: width - indent) else {
      return stackedLines(width: width, indent: indent)
    }
    var lines: [StyledText] = []
    if hasTitles {
      let titles = columns.map { StyledText($0.title.uppercased(), .faint) }
      lines += rowLines(titles, widths: widths, indent: indent)
    }
    for row in rows {
      lines += rowLines(row.cells, widths: widths, indent: indent)
      for note in row.notes {
        let left = widths.prefix(note.column).reduce(indent) { $0 + $1 + Self.gap }
        let margin = StyledText(String(repeating: " ", count: left))
        lines += note.text.wrapped(to: max(width - left, Self.narrowest)).map { margin + $0 }
      }
    }
    return lines
  }

  private var hasTitles: Bool { columns.contains { !$0.title.isEmpty } }

  // MARK: Widths

  /// The width of each column, or nil when no layout in columns fits.
  private func columnWidths(fitting width: Int) -> [Int]? {
    var widths = naturalWidths(limited: false)
    let gaps = Self.gap * max(columns.count - 1, 0)
    if widths.reduce(gaps, +) > width { widths = naturalWidths(limited: true) }
    var excess = widths.reduce(gaps, +) - width
    guard excess > 0 else { return widths }
    // Words are broken only where there is no room for them even when every column gives way.
    for least in [longestWords(), widths.map { _ in Self.narrowest }] where excess > 0 {
      let least = least.map { max($0, Self.narrowest) }
      excess = narrow(&widths, by: excess, to: least)
    }
    return excess > 0 ? nil : widths
  }

  /// Narrows wrapping columns, none below what is the `least` for it: the widest gives way first, down to the next
  /// widest, and those that are equally wide alike.
  ///
  /// - Returns: By how much they are still too wide.
  private func narrow(_ widths: inout [Int], by excess: Int, to least: [Int]) -> Int {
    var excess = excess
    while excess > 0 {
      let candidates = columns.indices.filter { columns[$0].wraps && widths[$0] > least[$0] }
      guard let width = candidates.map({ widths[$0] }).max() else { break }
      let next = candidates.map { widths[$0] }.filter { $0 < width }.max() ?? 0
      let widest = candidates.filter { widths[$0] == width }
      let share = (excess + widest.count - 1) / widest.count
      for index in widest {
        let step = min(share, excess, width - max(next, least[index]))
        widths[index] -= step
        excess -= step
      }
    }
    return excess
  }

  /// The longest word in each column.
  private func longestWords() -> [Int] {
    columns.indices.map { index in
      rows.flatMap { $0.cells[index].plain.split(whereSeparator: \.isWhitespace) }
        .map { String($0).displayWidth }.max() ?? 0
    }
  }

  /// The width of each column if everything in it stands on one line, but for cells longer than the column's limit.
  private func naturalWidths(limited: Bool) -> [Int] {
    var widths = columns.map(\.title.displayWidth)
    for row in rows {
      for (index, cell) in row.cells.enumerated() {
        let lines = cell.plain.split(separator: "\n", omittingEmptySubsequences: false)
        let natural = lines.map { String($0).displayWidth }.max() ?? 0
        if limited, let limit = columns[index].limit, natural > limit { continue }
        widths[index] = max(widths[index], natural)
      }
    }
    return widths
  }

  // MARK: Lines

  private func rowLines(_ cells: [StyledText], widths: [Int], indent: Int) -> [StyledText] {
    // A cell too long for a limited column ends its line; the cells after it stand below.
    if let long = cells.indices.first(where: {
      columns[$0].limit != nil && cells[$0].width > widths[$0]
    }) {
      var room = widths
      room[long] = cells[long].width
      let empty = { (count: Int) in Array(repeating: StyledText(), count: count) }
      let head = cells.prefix(long + 1) + empty(cells.count - long - 1)
      let rest = empty(long + 1) + cells.dropFirst(long + 1)
      return rowLines(Array(head), room, indent)
        + rowLines(Array(rest), widths: widths, indent: indent)
    }
    return rowLines(cells, widths, indent)
  }

  private func rowLines(_ cells: [StyledText], _ widths: [Int], _ indent: Int) -> [StyledText] {
    let wrapped = zip(cells, widths).map { cell, width in cell.wrapped(to: max(width, 1)) }
    let height = wrapped.map(\.count).max() ?? 0
    return (0..<height).map { lineNumber in
      var line = StyledText()
      var pending = indent  // spaces owed before the next cell that has something to show
      for (index, cell) in wrapped.enumerated() {
        let content = lineNumber < cell.count ? cell[lineNumber] : StyledText()
        let slack = max(widths[index] - content.width, 0)
        if !content.isEmpty {
          if columns[index].alignment == .right { pending += slack }
          line.append(StyledText(String(repeating: " ", count: pending)) + content)
          pending = columns[index].alignment == .left ? slack : 0
        } else {
          pending += slack
        }
        pending += Self.gap
      }
      return line
    }
  }

  /// One row after another, a cell a line, for terminals too narrow for columns.
  private func stackedLines(width: Int, indent: Int) -> [StyledText] {
    let titleWidth = hasTitles ? (columns.map(\.title.displayWidth).max() ?? 0) + Self.gap : 0
    let margin = StyledText(String(repeating: " ", count: indent))
    var lines: [StyledText] = []
    for (number, row) in rows.enumerated() {
      if number > 0 { lines.append(StyledText()) }
      for (column, cell) in zip(columns, row.cells) where !cell.isEmpty {
        let padding = String(repeating: " ", count: max(titleWidth - column.title.displayWidth, 0))
        let title = StyledText(column.title.uppercased(), .faint) + StyledText(padding)
        let contents = cell.wrapped(to: max(width - indent - titleWidth, 8))
        let below = StyledText(String(repeating: " ", count: titleWidth))
        for (index, content) in contents.enumerated() {
          lines.append(margin + (index == 0 ? title : below) + content)
        }
      }
      for note in row.notes {
        lines += note.text.wrapped(to: max(width - indent, 8)).map { margin + $0 }
      }
    }
    return lines
  }
}
