import Casebook
import StrictJSON

/// Reads the fields of one entry. What is wrong is noted with its line, and reading goes on, so that one run finds all
/// mistakes; `finish` notes fields that nobody asked for.
struct Fields {
  /// The file, for messages.
  let file: String
  /// The entry within its file, for messages.
  let place: String
  /// The line on which the entry begins.
  let line: Int
  /// Where problems go.
  let log: ProblemLog

  private let members: [YAMLNode.Member]
  private var asked: [String] = []

  /// The fields of `node`; nil, with the problem noted, when it has none.
  init?(_ node: YAMLNode, of file: String, at place: String = "", _ log: ProblemLog) {
    guard case .mapping(let members, let line) = node else {
      log.add(
        Problem(
          file: file, line: node.line, place: place,
          message: "expected fields such as \"id: …\", not \(node.kindInWords)"))
      return nil
    }
    self.file = file
    self.place = place
    self.line = line
    self.log = log
    self.members = members
  }

  /// Where the entry stands.
  var origin: Origin {
    var lines: [String: Int] = [:]
    var texts: [String: String] = [:]
    for member in members {
      lines[member.key] = member.line
      if case .scalar(let text, _) = member.value { texts[member.key] = text }
    }
    return Origin(file: file, line: line, place: place, lines: lines, texts: texts)
  }

  /// Notes that something is wrong with a field, or with the entry.
  func refuse(_ message: String, at field: String? = nil) {
    log.add(origin.problem(message, at: field))
  }

  /// Whether the field is there.
  func contains(_ key: String) -> Bool { members.contains { $0.key == key } }

  /// The value of a field, whatever it is.
  mutating func node(_ key: String) -> YAMLNode? {
    asked.append(key)
    return members.first { $0.key == key }?.value
  }

  /// A text that may be missing but not empty.
  mutating func text(_ key: String) -> String? {
    guard let node = node(key) else { return nil }
    guard case .scalar(let text, _) = node else {
      refuse("\(key): expected a text, not \(node.kindInWords)", at: key)
      return nil
    }
    guard text.contains(where: { !$0.isWhitespace }) else {
      refuse("\(key) is empty; write something or leave it out", at: key)
      return nil
    }
    return text
  }

  /// A text that must be there.
  mutating func required(_ key: String, _ remedy: String? = nil) -> String? {
    guard contains(key) else {
      asked.append(key)
      refuse("\(key) is missing" + (remedy.map { "; \($0)" } ?? ""))
      return nil
    }
    return text(key)
  }

  /// One of an enumeration's words.
  mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String
  ) -> Choice? {
    guard let text = text(key) else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    refuse("\(key): " + Self.notOne(text, of: Choice.allCases.map(\.rawValue)), at: key)
    return nil
  }

  /// One of an enumeration's words, which must be there.
  mutating func requiredChoice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String, _ remedy: String? = nil
  ) -> Choice? {
    guard contains(key) else {
      _ = required(key, remedy)
      return nil
    }
    return choice(key)
  }

  /// A short name, which must be there.
  mutating func requiredSlug(_ key: String, _ remedy: String? = nil) -> Slug? {
    required(key, remedy).flatMap { slug($0, at: key) }
  }

  /// Reads a short name that stands in the field `key`.
  func slug(_ text: String, at key: String) -> Slug? {
    do { return try Slug(text) } catch {
      refuse("\(key): \(error)", at: key)
      return nil
    }
  }

  /// Yes or no.
  mutating func flag(_ key: String) -> Bool? {
    guard let text = text(key) else { return nil }
    if let flag = Self.flag(text) { return flag }
    refuse("\(key): \"\(text)\" is neither yes nor no", at: key)
    return nil
  }

  /// The items of a list, empty when it is missing.
  mutating func list(_ key: String) -> [YAMLNode] {
    guard let node = node(key) else { return [] }
    if case .list(let items, _) = node { return items }
    if case .scalar("", _) = node {
      refuse("\(key): the list is empty; take the field out", at: key)
    } else {
      refuse("\(key): expected a list, not \(node.kindInWords)", at: key)
    }
    return []
  }

  /// The texts of a list, empty when it is missing.
  mutating func texts(_ key: String) -> [String] {
    list(key).compactMap { item in
      if case .scalar(let text, _) = item, !text.isEmpty { return text }
      refuse("\(key): expected texts in the list", at: key)
      return nil
    }
  }

  /// The fields of a nested set, nil when it is missing.
  mutating func fields(_ key: String) -> Fields? {
    node(key).flatMap { Fields($0, of: file, at: place.isEmpty ? key : "\(place): \(key)", log) }
  }

  /// Names and texts of a nested set of any names, empty when it is missing.
  mutating func pairs(_ key: String) -> [(key: String, line: Int, text: String)] {
    guard let node = node(key) else { return [] }
    guard case .mapping(let members, _) = node else {
      refuse("\(key): expected names and values, not \(node.kindInWords)", at: key)
      return []
    }
    return members.compactMap { member in
      if case .scalar(let text, _) = member.value { return (member.key, member.line, text) }
      refuse("\(key).\(member.key): expected a text, not \(member.value.kindInWords)", at: key)
      return nil
    }
  }

  /// All names, in the order of the file.
  var keys: [String] { members.map(\.key) }

  /// Notes fields that were not asked for.
  func finish() {
    for member in members where !asked.contains(member.key) {
      let message =
        Self.authorship.contains(member.key)
        ? "\"\(member.key)\" is not for a file to say: who recorded what, and when, is noted by the "
          + "server; remove it"
        : "unknown field \"\(member.key)\"" + Self.suggestion(for: member.key, among: asked)
      log.add(Problem(file: file, line: member.line, place: place, message: message))
    }
  }

  /// Fields with which a file would claim who recorded it.
  static let authorship: Set<String> = [
    "author", "by", "recordedBy", "recorded-by", "recorded_by", "recordedAt", "recorded-at",
    "recorded_at",
  ]

  /// `; did you mean "hedge"?`, or nothing.
  static func suggestion(for name: String, among known: [String]) -> String {
    closest(to: name, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
  }

  static func notOne(_ text: String, of known: [String]) -> String {
    let meant = suggestion(for: text, among: known)
    return "\"\(text)\" is not one of \(known.joined(separator: ", "))\(meant)"
  }

  static func flag(_ text: String) -> Bool? {
    switch text {
    case "yes", "true": true
    case "no", "false": false
    default: nil
    }
  }
}
