/// Where an entry of a file stands, so that a message can say it.
public struct Origin: Hashable, Sendable {
  /// The file, as it was named or relative to the corpus.
  public let file: String
  /// The line on which the entry begins, from 1.
  public let line: Int
  /// The entry within its file, such as `claims[2] (recall-1944)`; empty for the file itself.
  public let place: String
  /// The line of each of its fields.
  public let lines: [String: Int]

  /// The entry at `place`, which begins on `line`.
  public init(file: String, line: Int, place: String = "", lines: [String: Int] = [:]) {
    self.file = file
    self.line = line
    self.place = place
    self.lines = lines
  }

  /// A problem with the entry or with one of its fields.
  func problem(_ message: String, at field: String? = nil) -> Problem {
    Problem(file: file, line: field.flatMap { lines[$0] } ?? line, place: place, message: message)
  }
}
