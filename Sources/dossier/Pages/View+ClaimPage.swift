import Casebook
import CasebookStore
import EDTF
import Terminal

extension View {
  /// One claim with everything known about it.
  func page(_ claim: Claim, in file: Case, width: Int) -> Page {
    var page = Page(width: width)
    let content = claim.content
    page.add(left: "\("\(file.slug)/c\(claim.number)", .strong)  \(file.title)", right: basisTag)
    addBasisNotes(to: &page)
    page.gap()
    var table = Table([.init(), .init(wraps: true)])
    func row(_ name: String, _ text: String?) {
      guard let text else { return }
      table.addRow(["\(name, .faint)", StyledText(text)])
    }
    row("predicate", content.predicate)
    table.addRow(["\("says", .faint)", ClaimLayout.says(claim, in: file)])
    if case .date(let date)? = content.assertion.value { row("in words", date.inWords) }
    row("source", content.source.text)
    row("locator", content.locator)
    row("quote", content.quote.map { "“\($0)”" })
    for citation in file.citations(of: .claim(claim.number)) {
      row("n\(citation.number)", Self.words(citation))
    }
    for dispute in file.disputes(of: claim.number) {
      let verb: StyledText = "\(dispute.isOpen ? "disputed" : "was disputed"): "
      table.addRow([
        "\("d\(dispute.number)", .faint)",
        verb + Self.words(dispute) + "  \(signature(dispute.recorded))",
      ])
    }
    let target = Reference.item(ItemReference(file.slug, .claim, claim.number))
    for annotation in file.annotations.sorted
    where !annotation.isWithdrawn && annotation.content.target == target {
      row("a\(annotation.number)", annotation.content.text)
    }
    row("recorded", words(claim.recorded))
    if claim.changed != claim.recorded { row("last changed", words(claim.changed)) }
    row("correction", claim.correction?.rawValue)
    row("reason", claim.reason.map { "“\($0)”" })
    page.add(table)
    return page
  }

  /// A citation in a few words.
  static func words(_ citation: Citation) -> String {
    let content = citation.content
    var text = "\(content.role.rawValue) \(content.work)"
    if let locator = content.locator { text += ", \(locator)" }
    if let note = content.note { text += " (note \(note))" }
    return text
  }

  private func words(_ stamp: Stamp) -> String {
    let who = showsRecorders ? " by \(stamp.by)" : ""
    return "\(stamp.at.shortText) UTC\(who), @\(stamp.position)"
  }
}
