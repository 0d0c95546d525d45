import Casebook
import CasebookStore
import Corpus
import StrictJSON
import Testing

@Suite("Vocabularies that Dossier carries")
struct InitialVocabularyTests {
  @Test("Each begins a casebook", arguments: InitialVocabulary.bundledNames)
  func carried(name: String) throws {
    let content = CasebookContent(slug: try Slug("new"), title: "New", description: nil)
    let vocabulary = try #require(InitialVocabulary(bundled: name))
    let commands = try vocabulary.commands(for: content)
    #expect(commands.count > 20 && commands.allSatisfy { $0 is DefinePredicate })
  }

  @Test("The first fits any subject")
  func general() throws {
    #expect(InitialVocabulary.bundledNames == ["general", "soviet-defectors"])
    #expect(InitialVocabulary(bundled: "no-such") == nil)
    let content = CasebookContent(slug: try Slug("new"), title: "New", description: nil)
    let commands = try #require(InitialVocabulary(bundled: "general")).commands(for: content)
    for word in ["soviet", "defect", "party member", "monograph", "page", "recall", "embassy"] {
      #expect(
        !commands.contains { $0.json.canonicalText.lowercased().contains(word) }, "\(word)")
    }
  }
}
