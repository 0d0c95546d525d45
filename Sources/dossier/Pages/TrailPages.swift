import Calendar
import Casebook
import CasebookStore
import Terminal

extension View {
  /// Every event in order, one line each; `showingChanges` adds what it changed.
  func page(history entries: [TrailEntry], of title: String, width: Int, showingChanges: Bool)
    -> Page
  {
    var page = Page(width: width)
    page.add(left: "\(title, .strong)", right: basisTag)
    addBasisNotes(to: &page)
    guard showingChanges else {
      page.gap()
      addLines(of: entries, to: &page)
      return page
    }
    if showsRecorders { page.addTimeNote() }
    for entry in entries {
      page.gap()
      entry.add(to: &page, withRecordKeeping: showsRecorders)
    }
    return page
  }

  /// One line an event where it fits: position, day, what was done to what, and at the right edge whose it is.
  private func addLines(of entries: [TrailEntry], to page: inout Page) {
    let place = entries.map { "@\($0.stamp.position)".count }.max() ?? 0
    let verb = entries.map(\.verb.count).max() ?? 0
    let name = entries.map(\.shortReference.count).filter { $0 <= 6 }.max() ?? 0
    for entry in entries {
      let position = "@\(entry.stamp.position)"
      let left = Self.spaces(place - position.count)
      var line: StyledText = "\(left)\(position, .faint)  \(entry.stamp.at.date())  "
      line.append("\(entry.verb)\(Self.spaces(verb - entry.verb.count))  ")
      if name > 0 {
        let reference = entry.shortReference
        line.append("\(reference, .strong)\(Self.spaces(name - reference.count))  ")
      }
      // Where the columns would take most of the line, what follows hangs a little only.
      let hanging = line.width <= page.width / 2 ? line.width : 4
      page.add(
        line + entry.gist(withRecordKeeping: showsRecorders),
        closing: "\(entry.voice?.text ?? entry.stamp.by, .faint)", hanging: hanging)
    }
  }

  private static func spaces(_ count: Int) -> String {
    String(repeating: " ", count: max(count, 0))
  }

  /// The trail of a case, separated by voice.
  func page(audit trails: [SeparatedTrails.Trail], of title: String, width: Int) -> Page {
    var page = Page(width: width)
    page.add(left: "\(title.uppercased(), .strong)  audit", right: basisTag)
    addBasisNotes(to: &page)
    page.addTimeNote()
    for trail in trails {
      page.gap()
      let name = trail.source?.text ?? "analysts"
      page.add("\(name, .strong)  \(counted(trail.entries.count, "event"), .faint)")
      for entry in trail.entries { entry.add(to: &page, indent: 2, withRecordKeeping: true) }
    }
    return page
  }
}

extension TrailEntry {
  /// What was done, without the kind of thing it was done to.
  fileprivate var verb: String {
    action.split(separator: ".").last.map(String.init) ?? action
  }

  /// What it was done to, as it is called in its home; nothing for the home itself.
  fileprivate var shortReference: String {
    switch reference {
    case .item(let item): item.local
    case .file: ""
    default: reference.description
    }
  }

  /// What happened, in a few words.
  ///
  /// Why a record was changed is the analysts', not the source's: record-keeping.
  func gist(withRecordKeeping: Bool) -> StyledText {
    var parts: [StyledText] = []
    if let target { parts.append(StyledText("on \(target)")) }
    if let predicate { parts.append(StyledText(predicate)) }
    if let claim {
      parts.append(ClaimLayout.says(claim, withWording: false))
    } else if let subject {
      let fields = after.isEmpty ? before : after
      let isDenied = fields.contains { $0.name == "polarity" && $0.text == "negative" }
      parts.append(StyledText(isDenied ? "not \(subject)" : subject))
    }
    if let correction { parts.append("\(correction.rawValue, .faint)") }
    if withRecordKeeping, let reason { parts.append("\("“\(reason)”", .faint)") }
    if isVoided { parts.append("\("set aside", .bad)") }
    return parts.joined(separator: "  ")
  }

  /// What a dispute, a citation or an annotation speaks of, where that is not its home.
  private var target: String? {
    let names = ["claim", "target"]
    guard let text = (after + before).first(where: { names.contains($0.name) })?.text else {
      return grounds
    }
    switch try? Reference(text) {
    case .item(let item): return item.local
    case .tabulation: return text
    default: return (try? ItemReference("\(stream.id)/\(text)"))?.local
    }
  }

  /// The claims that a conclusion rests on, as their own case calls them.
  private var grounds: String? {
    guard let text = (after.isEmpty ? before : after).first(where: { $0.name == "on" })?.text else {
      return nil
    }
    let own = "\(stream.id)/"
    return text.split(separator: ", ").map { $0.hasPrefix(own) ? $0.dropFirst(own.count) : $0 }
      .joined(separator: ", ")
  }

  /// The words that tell best what it was done to.
  private var subject: String? {
    if type == .identityJudged {
      let texts = after.map(\.text)
      return texts.reversed().joined(separator: texts.last == "same" ? " as " : ": ")
    }
    if type == .textAttached {
      return after.first { $0.name == "sha256" }.map { String($0.text.prefix(12)) }
    }
    let telling = [
      "text", "name", "title", "work", "label", "statement", "grade", "from", "description",
      "state", "value",
    ]
    return (after.isEmpty ? before : after).first { telling.contains($0.name) }?.text
  }

  /// What the reason is, for this action.
  private var reasonName: String {
    switch type {
    case .claimDisputed, .sourceDerived, .sourceGraded, .identityJudged: "grounds"
    case .disputeResolved: "resolution"
    case .conclusionDrawn: "basis"
    default: "reason"
    }
  }

  /// The whole step: a line for what was done, then what it changed and why.
  func add(to page: inout Page, indent: Int = 0, withRecordKeeping: Bool) {
    var line: StyledText =
      "\("@\(stamp.position)", .faint)  \(action, .strong)  \(reference.description)"
    if let predicate { line.append("  \(predicate)") }
    if let locator { line.append("  \(locator, .faint)") }
    if let correction { line.append("  \(correction.rawValue, .faint)") }
    if isVoided, !withRecordKeeping { line.append("  \("set aside", .bad)") }
    page.add(line, indent: indent, hanging: 4)
    if type == .disputeResolved {
      // The dispute stays what it was; it only came to an end.
      for field in before {
        page.add("\(field.name): \(field.text)", indent: indent + 4, hanging: 4)
      }
    } else {
      page.add(before: before, after: after, indent: indent + 4)
    }
    if withRecordKeeping, let reason {
      page.add("\(reasonName, .faint) “\(reason)”", indent: indent + 4, hanging: 4)
    }
    if withRecordKeeping {
      page.add("\("recorded by \(stamp.by) at \(stamp.at.shortText)", .faint)", indent: indent + 4)
    }
    if withRecordKeeping, isVoided {
      var line: StyledText = "\("set aside", .bad)"
      if let voiding {
        let stamp = voiding.stamp
        line.append(
          "\(" by \(stamp.by) at \(stamp.at.shortText) (@\(stamp.position)): “\(voiding.reason)”", .faint)"
        )
      }
      page.add(line, indent: indent + 4, hanging: 4)
    }
  }
}

extension Page {
  /// Adds what fields said and what they say now, each pair together.
  mutating func add(before: [TrailEntry.Field], after: [TrailEntry.Field], indent: Int) {
    var rest = after
    func add(_ mark: String, _ style: Style, _ field: TrailEntry.Field) {
      self.add("\(mark, style) \(field.name): \(field.text)", indent: indent, hanging: 4)
    }
    for field in before {
      add("-", .bad, field)
      if let index = rest.firstIndex(where: { $0.name == field.name }) {
        add("+", .good, rest.remove(at: index))
      }
    }
    for field in rest { add("+", .good, field) }
  }
}
