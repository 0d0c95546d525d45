import Casebook
import CasebookStore
import Terminal

extension View {
  /// What a conclusion adopts, in a line.
  static func says(_ content: ConclusionContent) -> StyledText {
    let value = content.assertion.display
    var text =
      content.isNegative ? StyledText.labelled("not", value, .strong) : StyledText(value, .strong)
    text.appendNewStyle(of: value)
    for qualifier in content.sortedQualifiers {
      text.append("  \(StyledText.labelled("\(qualifier.id):", qualifier.value.display, .faint))")
      text.appendNewStyle(of: qualifier.value.display)
    }
    return text
  }

  /// The claims it rests on; those of its own case without its name.
  static func grounds(of content: ConclusionContent, in file: Case) -> String {
    content.grounds.map { $0.home == file.slug ? $0.local : $0.description }
      .joined(separator: ", ")
  }

  /// A conclusion in its words: value, grounds, basis; whether its ground moved; and apart from each other, as ICD 203
  /// asks, how likely it is and how sound its basis.
  func lines(of conclusion: Conclusion, in file: Case) -> [StyledText] {
    let content = conclusion.content
    var lines: [StyledText] = [
      Self.says(content) + "  \("from \(Self.grounds(of: content, in: file))", .faint)",
      "“\(content.basis)”",
    ]
    if let likelihood = content.likelihood { lines.append(likelihood.line) }
    if let confidence = content.confidence { lines.append(confidence.line) }
    if let stale = staleness(of: conclusion, in: file) { lines.append(stale) }
    return lines
  }

  /// That its ground moved, and how; nil when it did not.
  func staleness(of conclusion: Conclusion, in file: Case) -> StyledText? {
    let moved = conclusion.movedGrounds(in: file, and: state.cases)
    guard !moved.isEmpty else { return nil }
    let moves = moved.map { move in
      let claim = move.claim.home == file.slug ? move.claim.local : move.claim.description
      return "\(claim) \(move.move.rawValue)" + (move.position.map { " at @\($0)" } ?? "")
    }
    return "\("stale", .bad)  since then \(moves.joined(separator: ", "))"
  }
}

extension Likelihood {
  /// The likelihood on a line of its own.
  var line: StyledText {
    .labelled("likelihood:", "\(inWords) (\(percent.lowerBound)–\(percent.upperBound) %)")
  }
}

extension Confidence {
  /// The confidence on a line of its own.
  var line: StyledText { .labelled("confidence:", rawValue) }
}
