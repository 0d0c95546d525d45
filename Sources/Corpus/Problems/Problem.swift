/// What is wrong in a file, and where.
public struct Problem: Hashable, Sendable {
  /// The file.
  public let file: String
  /// The line, from 1; nil when the file as a whole is meant.
  public let line: Int?
  /// The entry within the file; empty when none is meant.
  public let place: String
  /// What is wrong and what to do, in one sentence without a final full stop.
  public let message: String

  init(file: String, line: Int? = nil, place: String = "", message: String) {
    self.file = file
    self.line = line
    self.place = place
    self.message = message
  }
}

extension Problem: CustomStringConvertible {
  /// `cases/gouzenko.yaml:14: claims[2] (recall-1944): unknown field "hegde"; did you mean "hedge"?`
  public var description: String {
    let position = line.map { "\(file):\($0)" } ?? file
    return [position, place, message].filter { !$0.isEmpty }.joined(separator: ": ")
  }
}
