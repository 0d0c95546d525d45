@testable import Corpus
import Glibc
import TestSupport
import Testing

/// Files of a corpus with a few bytes changed: each is read or refused with its file, and nothing else happens.
@Suite(.timeLimit(.minutes(30)))
struct MutatedFileTests {
  @Test(arguments: Sample.files.keys.sorted())
  func aFileIsReadOrRefused(_ name: String) async throws {
    let text = try #require(Sample.files[name])
    try await withDirectory(Sample.files) { directory in
      var (taken, refused) = (0, 0)
      for mutant in Mutant.all(150, of: [text]) {
        try Self.write(mutant.bytes, to: "\(directory)/\(name)")
        do throws(CorpusError) {
          _ = try CorpusReader(directory: directory).read()
          taken += 1
        } catch {
          refused += 1
          #expect(error.problems.allSatisfy { $0.description.hasPrefix(name) }, "\(mutant)")
        }
      }
      #expect(taken + refused == 1 || taken > 2 && refused > 50, "\(taken), \(refused)")
    }
  }

  private static func write(_ bytes: [UInt8], to path: String) throws {
    let file = try #require(fopen(path, "w"))
    defer { fclose(file) }
    #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
  }

  private static let table = """
    case,predicate,value,source,locator,quote,as_written,hedge,not,id,with.date
    gouzenko,birth.date,1919-01-13,fbi,p. 41,"born ""January"" 13, 1919",,so,,one,
    orlov,recall,ordered,fbi,"pp. 1, 2","two
    lines",x,,yes,two,1944-09

    """

  @Test func aTableIsReadOrRefused() throws {
    var (taken, refused) = (0, 0)
    for mutant in Mutant.all(1_500, of: [Self.table]) {
      do throws(CorpusError) {
        _ = try ClaimsTable(mutant.bytes, file: "claims.csv")
        taken += 1
      } catch {
        refused += 1
        #expect(error.problems.allSatisfy { $0.description.hasPrefix("claims.csv") }, "\(mutant)")
      }
    }
    #expect(taken + refused == 1 || taken > 100 && refused > 100, "\(taken), \(refused)")
  }

  @Test func rowsThatAreReadAreWrittenAndReadAgain() throws {
    for mutant in Mutant.all(1_500, of: [Self.table]) {
      guard let found = try? rows(mutant.bytes) else { continue }
      #expect(try rows(Self.written(found)) == found, "\(mutant)")
    }
  }

  /// The rows, each field in quotation marks.
  private static func written(_ rows: [[[UInt8]]]) -> [UInt8] {
    var bytes: [UInt8] = []
    for row in rows {
      for (index, field) in row.enumerated() {
        bytes += index == 0 ? [0x22] : [0x2C, 0x22]
        for byte in field { bytes += byte == 0x22 ? [0x22, 0x22] : [byte] }
        bytes.append(0x22)
      }
      bytes.append(0x0A)
    }
    return bytes
  }

  private func rows(_ bytes: [UInt8]) throws -> [[[UInt8]]] {
    var rows: [[[UInt8]]] = []
    var parser = CSVParser()
    let take = { (row: CSVParser.Row) in rows.append(row.fields.map { Array($0) }) }
    try parser.consume(bytes, take)
    try parser.finish(take)
    return rows
  }
}
