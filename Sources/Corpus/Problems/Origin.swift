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
  /// What its fields say, where that is one text.
  let texts: [String: String]

  init(
    file: String, line: Int, place: String = "", lines: [String: Int] = [:],
    texts: [String: String] = [:]
  ) {
    self.file = file
    self.line = line
    self.place = place
    self.lines = lines
    self.texts = texts
  }

  /// The origin with fields that stand outside the entry and hold for it where it does not have them itself.
  func inheriting(_ fields: [String], from outer: Origin) -> Origin {
    let isInherited = { (key: String) in fields.contains(key) }
    return Origin(
      file: file, line: line, place: place,
      lines: lines.merging(outer.lines.filter { isInherited($0.key) }) { own, _ in own },
      texts: texts.merging(outer.texts.filter { isInherited($0.key) }) { own, _ in own })
  }

  /// A problem with the entry or with one of its fields.
  func problem(_ message: String, at field: String? = nil) -> Problem {
    Problem(file: file, line: field.flatMap { lines[$0] } ?? line, place: place, message: message)
  }
}
