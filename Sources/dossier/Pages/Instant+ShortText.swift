import Calendar

extension Instant {
  /// The moment to the minute, in UTC, as lines of history show it.
  var shortText: String {
    let text = description
    guard let cut = text.firstIndex(of: "T") else { return text }
    return "\(text[..<cut]) \(text[text.index(after: cut)...].prefix(5))"
  }
}
