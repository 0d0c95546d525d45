import StrictJSON

/// Notes and bibliography entries after the Chicago Manual of Style (17th edition, chapter 14), in Markdown.
public struct Chicago: Sendable {
  private let item: CSLItem

  /// The forms of one work.
  public init(_ item: CSLItem) { self.item = item }

  /// The first note that cites it.
  public func fullNote(_ locator: String?) -> String {
    let authors = list(
      item.authors.map { [$0.given, $0.family].compactMap { $0 }.joined(separator: " ") })
    var text = [authors, title].compactMap { $0 }.joined(separator: ", ")
    if isPart {
      text += ", " + container
      if !facts.isEmpty { text += " (\(facts))" }
      return sentence(text, locator, after: item.text("container-title") == nil ? ", " : ": ")
    }
    if let number = item.text("number") { text += ", no. \(Markdown.escaped(number))" }
    if !facts.isEmpty { text += " (\(facts))" }
    return sentence(text, locator)
  }

  /// Every later note: the family names and the title up to its colon.
  public func shortNote(_ locator: String?) -> String {
    sentence(
      [list(item.authors.map(\.family)), shortTitle].compactMap { $0 }.joined(separator: ", "),
      locator)
  }

  /// The entry of the bibliography, the first author by family name.
  public var entry: String {
    let names = item.authors.enumerated().map { index, author in
      let parts = [author.given, author.family].compactMap { $0 }
      return index == 0 ? parts.reversed().joined(separator: ", ") : parts.joined(separator: " ")
    }
    var parts = [list(names), title].compactMap { $0 }
    if isPart {
      parts.append(facts.isEmpty ? container : "\(container) (\(facts))")
    } else {
      if let number = item.text("number") { parts.append("No. \(Markdown.escaped(number))") }
      if !facts.isEmpty { parts.append(facts) }
    }
    return parts.map { $0.hasSuffix(".") ? $0 : $0 + "." }.joined(separator: " ")
  }

  /// By whom a bibliography is sorted: the first author, then the title.
  public var sortKey: String {
    ((item.authors.first?.family ?? "") + " " + (item.text("title") ?? "")).lowercased()
  }

  // MARK: Parts

  /// What stands inside something else is quoted, what stands by itself is italic.
  private var isPart: Bool {
    ["article-journal", "article-magazine", "article-newspaper", "chapter", "entry-encyclopedia"]
      .contains(item.text("type"))
  }

  private var title: String { styled(item.text("title") ?? "") }

  private var shortTitle: String {
    let title = item.text("title-short") ?? item.text("title") ?? ""
    return styled(String(title.prefix { $0 != ":" }))
  }

  private func styled(_ title: String) -> String {
    let isUnpublished = ["manuscript", "personal_communication", "speech"].contains(
      item.text("type"))
    return isPart || isUnpublished
      ? "“\(Markdown.escaped(title))”" : "*\(Markdown.escaped(title))*"
  }

  private var container: String {
    var text = item.text("container-title").map { "*\(Markdown.escaped($0))*" } ?? ""
    if let volume = item.text("volume") { text += " \(Markdown.escaped(volume))" }
    if let issue = item.text("issue") { text += ", no. \(Markdown.escaped(issue))" }
    return item.text("type") == "chapter" ? "in " + text : text
  }

  /// Place, publisher and year; of reports and articles the month too.
  private var facts: String {
    let publisher = ["publisher-place", "publisher"].compactMap { item.text($0) }
      .map(Markdown.escaped).joined(separator: ": ")
    return (publisher.isEmpty ? [year] : [publisher, year]).joined(separator: ", ")
  }

  private var year: String {
    guard let year = item.issued.first else {
      return item.json["issued"]?["literal"]?.stringValue.map(Markdown.escaped) ?? "n.d."
    }
    let isCirca = item.json["issued"]?["circa"]?.booleanValue ?? false
    let prefix = isCirca ? "ca. " : ""
    guard item.text("type") != "book", item.text("type") != "chapter", item.issued.count > 1 else {
      return "\(prefix)\(year)"
    }
    let months = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ]
    let month = item.issued[1]
    guard (1...12).contains(month) else { return "\(prefix)\(year)" }
    let day = item.issued.count > 2 ? " \(item.issued[2])," : ""
    return "\(prefix)\(months[month - 1])\(day) \(year)"
  }

  private func list(_ names: [String]) -> String? {
    let names = names.map(Markdown.escaped)
    guard let last = names.last else { return nil }
    switch names.count {
    case 1: return last
    case 2: return names.joined(separator: " and ")
    case 3: return names.dropLast().joined(separator: ", ") + ", and " + last
    default: return names[0] + " et al."
    }
  }

  private func sentence(_ text: String, _ locator: String?, after separator: String = ", ")
    -> String
  {
    guard let locator else { return text + "." }
    return text + separator + Self.pages(locator) + "."
  }

  /// A locator as notes have it: pages without “p.”, ranges with an en dash.
  static func pages(_ locator: String) -> String {
    var text = locator
    for mark in ["pp. ", "p. "] where text.hasPrefix(mark) {
      text.removeFirst(mark.count)
      break
    }
    return Markdown.escaped(text.replacing(/(\d)-(\d)/) { "\($0.1)–\($0.2)" })
  }
}
