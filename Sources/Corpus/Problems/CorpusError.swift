/// Why files were refused: everything that is wrong with them, as far as it could be told in one go. Nothing was
/// written.
public struct CorpusError: Error, Hashable, Sendable {
  /// How many problems are kept; the rest is counted.
  public static let limit = 50

  /// The problems by file and line.
  public let problems: [Problem]
  /// How many more there were.
  public let omitted: Int
}

extension CorpusError: CustomStringConvertible {
  /// One problem a line.
  public var description: String {
    var lines = problems.map(\.description)
    if omitted > 0 { lines.append("and \(omitted) more") }
    return lines.joined(separator: "\n")
  }
}

/// Gathers problems, so that a reader of many files need not stop at the first.
final class ProblemLog {
  private var problems: [Problem] = []
  private var omitted = 0

  /// What is odd but no reason to refuse.
  private(set) var warnings: [Problem] = []

  var isEmpty: Bool { problems.isEmpty }

  func add(_ problem: Problem) {
    if problems.count < CorpusError.limit { problems.append(problem) } else { omitted += 1 }
  }

  /// Takes in what was found before.
  func add(_ error: CorpusError) {
    for problem in error.problems { add(problem) }
    omitted += error.omitted
  }

  func warn(_ problem: Problem) {
    if warnings.count < CorpusError.limit { warnings.append(problem) }
  }

  /// - Throws: `CorpusError` when there are any problems.
  func check() throws(CorpusError) {
    guard !isEmpty else { return }
    let sorted = problems.enumerated().sorted { left, right in
      let (one, other) = (left.element, right.element)
      return (one.file, one.line ?? 0, left.offset) < (other.file, other.line ?? 0, right.offset)
    }
    throw CorpusError(problems: sorted.map(\.element), omitted: omitted)
  }
}
