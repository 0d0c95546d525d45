import Casebook
import CasebookStore
import StrictJSON
import Terminal

/// A page of a source's text, to read its claims against it.
struct Collation {
  /// From this width on the text stands beside the claims instead of below them.
  private static let widthOfTwoColumns = 120

  private let source: Slug
  private let sha256: String
  private let passages: [SourceText.Passage]

  /// The page that was asked for, where one source alone is heard and its text has the page. A text that cannot serve is
  /// said on standard error.
  init?(
    with page: String?, in view: View, of store: CasebookStore, _ session: Session
  ) async throws {
    guard let page, view.voices.only.count == 1, let slug = view.voices.only.first,
      let source = view.state.sources[slug], let attached = source.texts.last?.content
    else { return nil }
    self.source = slug
    sha256 = attached.sha256
    do {
      passages = try await store.text(attached, of: slug).passages(named: page)
    } catch let refusal as Refusal {
      session.terminal.note(refusal.description)
      return nil
    } catch let damaged as DamagedText {
      session.terminal.warn("\(damaged). It is not shown")
      return nil
    }
    guard !passages.isEmpty else {
      session.terminal.note("the text of \(slug) has no mark for \(page), so it is not shown")
      return nil
    }
  }

  var json: JSON {
    .document(
      ("source", .string(source.text)), ("sha256", .string(sha256)),
      ("passages", .array(JSON.passages(passages))))
  }

  /// The claims with the text: two columns where there is room, one after the other where there is not.
  func page(_ width: Int, _ claims: (Int) -> Page) -> Page {
    guard width >= Self.widthOfTwoColumns else {
      var page = claims(width)
      page.add(passages)
      return page
    }
    let half = (width - 4) / 2
    var text = Page(width: half)
    text.add(passages)
    var page = Page(width: width)
    page.add(claims(half), beside: text)
    return page
  }
}
