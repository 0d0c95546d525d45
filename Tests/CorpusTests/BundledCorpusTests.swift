@testable import Corpus
import Testing

/// The corpus that the binary carries.
struct BundledCorpusTests {
  /// The directory that the files are embedded from.
  private static let directory: String = {
    let parts = #filePath.split(separator: "/").dropLast(3).map(String.init)
    return "/" + (parts + ["Sources", "BundledCorpus", "soviet-defectors"]).joined(separator: "/")
  }()

  @Test func everyFileOfTheDirectoryIsEmbedded() throws {
    let files = try contents(of: Self.directory)
    let embedded = Dictionary(
      uniqueKeysWithValues: BundledFiles.all.map {
        ($0.path, String(decoding: $0.bytes, as: UTF8.self))
      })
    for path in files.keys.sorted() where embedded[path] == nil {
      Issue.record("\(path) is not carried: embed it in Sources/BundledCorpus/BundledCorpus.c")
    }
    for path in embedded.keys.sorted() where files[path] == nil {
      Issue.record("\(path) is carried but gone: take it out of BundledCorpus.c")
    }
    #expect(embedded == files)
  }

  @Test func itCanBeRead() throws {
    let files = try #require(CorpusReader(bundled: "soviet-defectors")).read()
    #expect(files.casebook.id == "soviet-defectors")
    #expect(files.warnings.isEmpty)
  }

  @Test func everyEntryFitsTheVocabularyAndTheSources() throws {
    let files = try #require(CorpusReader(bundled: "soviet-defectors")).read()
    let plan = try CorpusImporter.planForNewCasebook(files)
    // The casebook itself is there before anything is imported.
    #expect(plan.items.filter { $0.outcome != .recorded }.map(\.kind) == [.casebook])
  }

  @Test func thereIsNoOtherBundledCorpus() {
    #expect(CorpusReader(bundled: "no-such") == nil)
  }
}
