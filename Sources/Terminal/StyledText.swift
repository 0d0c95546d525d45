/// Text with styles, safe to show: everything that enters it is escaped for display.
///
/// Write it as a literal; a value takes a style as a second argument:
///
/// ```swift
/// let line: StyledText = "\(slug, .strong)  \(locator, .faint)"
/// ```
public struct StyledText: Hashable, Sendable {
  /// A stretch of text in one style.
  struct Span: Hashable, Sendable {
    var text: String
    var style: Style?
    /// Whether lines are never broken at its spaces.
    var isWhole = false
  }

  private(set) var spans: [Span] = []

  /// Makes an empty text.
  public init() {}

  /// Makes a text from a string, escaped for display.
  ///
  /// - Parameters:
  ///   - text: Any text, stored text included.
  ///   - style: The style it is shown in; none by default.
  public init(_ text: String, _ style: Style? = nil) {
    append(safe: text.escapedForDisplay, style)
  }

  /// The text without its styles.
  public var plain: String {
    spans.count == 1 ? spans[0].text : spans.lazy.map(\.text).joined()
  }

  /// Whether there is nothing to show.
  public var isEmpty: Bool { spans.isEmpty }

  /// The columns it takes on one line.
  public var width: Int { spans.reduce(0) { $0 + $1.text.displayWidth } }

  /// Joins two texts.
  public static func + (left: StyledText, right: StyledText) -> StyledText {
    var result = left
    result.append(right)
    return result
  }

  /// Adds a text at the end.
  public mutating func append(_ other: StyledText) {
    for span in other.spans { append(safe: span.text, span.style, isWhole: span.isWhole) }
  }

  /// Adds text that is known to be safe, merging it with a span of the same style.
  mutating func append(safe text: String, _ style: Style?, isWhole: Bool = false) {
    if text.isEmpty { return }
    if let last = spans.last, last.style == style, last.isWhole == isWhole {
      spans[spans.count - 1].text += text
    } else {
      spans.append(Span(text: text, style: style, isWhole: isWhole))
    }
  }

  /// A label that stays on one line with the first word of the text after it.
  public static func labelled(_ label: String, _ text: String, _ style: Style? = nil) -> StyledText
  {
    var whole = StyledText()
    whole.append(safe: "\(label) ".escapedForDisplay, style, isWhole: true)
    return whole + StyledText(text, style)
  }

  /// The characters to send to a terminal or file.
  ///
  /// - Parameter inColor: Whether styles are written as escape sequences, or left out.
  /// - Returns: The characters, without a line break at the end.
  public func rendered(inColor: Bool) -> String {
    guard inColor else { return plain }
    return spans.lazy.map { span in
      guard let style = span.style else { return span.text }
      return "\u{1b}[\(style.parameters)m\(span.text)\u{1b}[0m"
    }.joined()
  }
}

extension StyledText: ExpressibleByStringInterpolation {
  /// Collects the parts of a literal, escaping every value put into it.
  public struct StringInterpolation: StringInterpolationProtocol {
    var text = StyledText()

    /// Makes room for a literal.
    public init(literalCapacity: Int, interpolationCount: Int) {}

    /// Adds a part written in the source code.
    public mutating func appendLiteral(_ literal: String) {
      text.append(safe: literal, nil)
    }

    /// Adds a value, escaped, in a style.
    public mutating func appendInterpolation(
      _ value: some CustomStringConvertible, _ style: Style? = nil
    ) {
      text.append(StyledText(value.description, style))
    }

    /// Adds another styled text.
    public mutating func appendInterpolation(_ value: StyledText) {
      text.append(value)
    }
  }

  /// Makes a text from a literal.
  public init(stringLiteral value: String) {
    append(safe: value, nil)
  }

  /// Makes a text from a literal with values in it.
  public init(stringInterpolation: StringInterpolation) {
    self = stringInterpolation.text
  }
}

extension Sequence<StyledText> {
  /// Joins texts with a separator between them.
  public func joined(separator: StyledText) -> StyledText {
    var result = StyledText()
    for (index, text) in enumerated() {
      if index > 0 { result.append(separator) }
      result.append(text)
    }
    return result
  }
}
