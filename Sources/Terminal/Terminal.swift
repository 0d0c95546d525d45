import Glibc

/// The process's standard streams, and what kind of terminal, if any, they are.
public struct Terminal: Sendable {
  /// What is known about one of the standard streams.
  public struct Surface: Sendable {
    /// Whether a person looks at it.
    public let isTerminal: Bool
    /// Whether styles are shown.
    public let isInColor: Bool
    /// Columns for text.
    public let width: Int
    /// Lines of the screen; nil for a file or pipe.
    public let height: Int?

    /// Describes a stream.
    public init(isTerminal: Bool, isInColor: Bool, width: Int, height: Int?) {
      self.isTerminal = isTerminal
      self.isInColor = isInColor
      self.width = width
      self.height = height
    }
  }

  /// Columns where nothing else is known.
  public static let defaultWidth = 80

  /// Where answers go.
  public let output: ByteStream
  /// Where progress, warnings and errors go.
  public let errors: ByteStream
  /// What standard output is.
  public let outputSurface: Surface
  /// What standard error is.
  public let errorSurface: Surface
  /// Whether standard input is a terminal, so that a person can be asked.
  public let inputIsTerminal: Bool

  /// Describes a terminal, for tests.
  public init(
    output: ByteStream, errors: ByteStream, outputSurface: Surface, errorSurface: Surface,
    inputIsTerminal: Bool
  ) {
    self.output = output
    self.errors = errors
    self.outputSurface = outputSurface
    self.errorSurface = errorSurface
    self.inputIsTerminal = inputIsTerminal
  }

  /// Looks at the process's own streams.
  ///
  /// - Parameters:
  ///   - environment: The process's environment: `COLUMNS`, `LINES`, `TERM`, `NO_COLOR`,
  ///     `CLICOLOR_FORCE`.
  ///   - color: When to use colour.
  public init(environment: [String: String], color: ColorChoice = .auto) {
    func surface(_ descriptor: Int32) -> Surface {
      let isTerminal = isatty(descriptor) == 1
      let size = isTerminal ? Self.size(of: descriptor) : nil
      return Surface(
        isTerminal: isTerminal,
        isInColor: color.isOn(isTerminal: isTerminal, environment: environment),
        width: Self.positive(environment["COLUMNS"]) ?? size?.columns ?? Self.defaultWidth,
        height: isTerminal ? Self.positive(environment["LINES"]) ?? size?.lines ?? 24 : nil)
    }
    self.init(
      output: ByteStream(STDOUT_FILENO), errors: ByteStream(STDERR_FILENO),
      outputSurface: surface(STDOUT_FILENO), errorSurface: surface(STDERR_FILENO),
      inputIsTerminal: isatty(STDIN_FILENO) == 1)
  }

  /// The size the terminal driver reports, if it knows one.
  private static func size(of descriptor: Int32) -> (columns: Int, lines: Int)? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  private static func positive(_ text: String?) -> Int? {
    guard let text, let number = Int(text), number > 0, number < 10_000 else { return nil }
    return number
  }
}
