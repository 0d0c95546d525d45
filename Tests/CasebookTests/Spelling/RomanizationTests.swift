import FoundationEssentials
import Testing

@testable import Casebook

/// Names in every usual romanisation, beside the tests: `russian-names.tsv` (ALA-LC, BGN/PCGN, British Standard, GOST,
/// ISO 9, passports, scientific, telegrams, UNGEGN, and as German, French, Polish and English write them),
/// `ukrainian-names.tsv`, and `surnames.txt`, a thousand that differ.
@Suite("A name in other letters") struct RomanizationTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

  private static func rows(_ file: String) throws -> [[String]] {
    try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      .split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
  }

  @Test("is known again in every scheme", arguments: ["russian-names.tsv", "ukrainian-names.tsv"])
  func recall(_ file: String) throws {
    let rows = try Self.rows(file)
    let schemes = try #require(rows.first)
    #expect(schemes.count >= 5 && rows.count >= 390)
    for column in schemes.indices.dropFirst() {
      let missed = rows.dropFirst().filter {
        NameKey($0[column]).relation(to: NameKey($0[0])) != .same
      }
      #expect(
        missed.count * 50 <= rows.count - 1,
        "\(schemes[column]): \(missed.map { "\($0[0]) \($0[column])" })")
    }
  }

  @Test("is known again between any two schemes")
  func recallBetweenSchemes() throws {
    let rows = try Self.rows("russian-names.tsv")
    let schemes = try #require(rows.first)
    let readings = rows.dropFirst().map { row in
      row.dropFirst().map { SlavicReading.all(of: $0.lowercased()) }
    }
    for left in readings[0].indices {
      for right in readings[0].indices.dropFirst(left + 1) {
        let missed = readings.filter { $0[left].isDisjoint(with: $0[right]) }
        // Uzbek passports write one letter for two, which only the Cyrillic name tells.
        #expect(missed.count * 40 <= rows.count, "\(schemes[left + 1]) and \(schemes[right + 1])")
      }
    }
  }

  @Test("is not taken for another surname")
  func precision() throws {
    let names = try Self.rows("surnames.txt").map { SlavicReading.all(of: $0[0].lowercased()) }
    #expect(names.count == 1_000)
    var merged = 0
    for (index, name) in names.enumerated() {
      merged += names[(index + 1)...].count { !$0.isDisjoint(with: name) }
    }
    // Ten pairs of a thousand names, and those that differ in nothing but the dots of ё.
    #expect(merged <= 15)
  }
}
