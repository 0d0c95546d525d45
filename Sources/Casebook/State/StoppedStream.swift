/// A stream that stands still. One of its events cannot be read or applied, so its state stays what it was just before
/// that event, and what stands behind it in the same stream is not applied. No other stream is concerned.
///
/// Once an admin of the casebook has set the event aside, the stream goes on.
public struct StoppedStream: Hashable, Sendable {
  /// The stream.
  public let stream: StreamName
  /// Where the event is.
  public let position: Int64
  /// What is wrong with it, cut where it is long. This may hold words of the event.
  public let problem: String

  /// In code points. Whoever wrote the event may have written a mebibyte, and this stands beside every answer.
  private static let longestProblem = 300

  /// The `stream` stands still at `position`, because of `problem`.
  public init(_ stream: StreamName, at position: Int64, because problem: String) {
    self.stream = stream
    self.position = position
    let beginning = problem.unicodeScalars.prefix(Self.longestProblem)
    self.problem =
      beginning.endIndex == problem.endIndex
      ? problem : String(String.UnicodeScalarView(beginning)) + "…"
  }

  /// The same without any word of the event, for those who do not hear everybody.
  public var withoutWords: StoppedStream {
    StoppedStream(stream, at: position, because: "the event cannot be read or applied")
  }

  /// What a command that needs the event applied is refused with.
  public var error: EvolveError { EvolveError(position: position, message: problem) }
}

extension StoppedStream: Comparable, CustomStringConvertible {
  /// Orders by where they stand still.
  public static func < (left: StoppedStream, right: StoppedStream) -> Bool {
    left.position < right.position
  }

  /// The stream, where it stands still and what to do.
  public var description: String {
    "the \(stream.kind.rawValue) \(stream.text) stands still before @\(position): \(problem). An admin of the "
      + "casebook can set the event aside with: dossier log void @\(position) -m REASON"
  }
}
