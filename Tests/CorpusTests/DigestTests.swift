@testable import Corpus
import Testing

/// Digests are kept in the log for ever: what they are made of never changes.
struct DigestTests {
  private func claims(_ files: [String: String]) async throws -> [ClaimEntry] {
    try #require(try await Sample.read(files).cases.first).claims
  }

  @Test func theDigestsOfTheSampleAreThoseOfTheFirstRelease() async throws {
    let files = try await Sample.read()
    let gouzenko = try #require(files.cases.first)
    #expect(
      gouzenko.claims.map { String($0.digest.prefix(8)) } == [
        "7780fce7", "c2bb5fc8", "10e2b517", "fa37118e",
      ])
    #expect(
      files.vocabulary.map { String($0.digest.prefix(8)) } == [
        "cfe869cc", "d84b372b", "d918c067", "ccb2348a",
      ])
    #expect(files.sources.map { String($0.source.digest.prefix(8)) } == ["12a54c67", "38d422e3"])
    #expect(files.tabulations.map { String($0.digest.prefix(8)) } == ["a81efb4f", "4bd4cf78"])
    #expect(
      gouzenko.annotations.map { String($0.digest.prefix(8)) } == [
        "26e2213f", "3bd1c1bf", "d273a39a",
      ])
    #expect(gouzenko.disputes.map { String($0.digest.prefix(8)) } == ["4154c6d3"])
    #expect(gouzenko.file.digest.prefix(8) == "187e98be")
    #expect(gouzenko.claims[0].citations[0].digest(on: "birth-date").prefix(8) == "61b46c05")
  }

  @Test func layoutDoesNotChangeADigest() async throws {
    let before = try await claims(Sample.files).map(\.digest)
    let quoted = Sample.changing(
      "cases/gouzenko.yaml", "as-written: January 13, 1919",
      to: "as-written: >-\n          January 13,\n          1919")
    #expect(try await claims(quoted).map(\.digest) == before)
  }

  @Test func movingADefaultLocatorIntoTheClaimsDoesNotChangeADigest() async throws {
    let before = try await claims(Sample.files).map(\.digest)
    var files = Sample.changing("cases/gouzenko.yaml", "    locator: p. 41\n", to: "")
    for field in ["quote: January", "state: unknown"] {
      let text = files["cases/gouzenko.yaml"] ?? ""
      files["cases/gouzenko.yaml"] = text.replacing(field, with: "locator: p. 41\n        \(field)")
    }
    #expect(try await claims(files).map(\.digest) == before)
  }

  @Test func anotherWordChangesADigest() async throws {
    let before = try await claims(Sample.files).map(\.digest)
    let after = try await claims(
      Sample.changing("cases/gouzenko.yaml", "so far as is known", to: "as far as is known")
    ).map(\.digest)
    #expect(zip(before, after).map { $0 == $1 } == [true, false, true, true])
  }
}
