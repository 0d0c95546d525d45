import Calendar
import EDTF
import Testing

/// Properties that hold for any text, tried on many texts put together from a fixed seed.
@Suite struct PropertyTests {
  private static let pieces = [
    "1985", "0000", "1937-07-16", "1984-02-29", "1985-02-29", "193X", "19XX", "-0044", "-201X",
    "2004-XX", "1985-04-XX", "1985-XX-XX", "2001-21", "2001-24", "Y17000", "Y-17000", "9999-12-31",
    "9999-24", "?", "~", "%", "/", "..", ",", "[", "]", "{", "}", "-", "X", "T23:20:30", "Z", "+04",
    "1", "12", "Y", "E", "S2", " ", "é", "or", "July",
  ]

  /// Texts of one to seven pieces, the same in every run.
  private static func texts(count: Int) -> [String] {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(limit))
    }
    return (0..<count).map { _ in
      let wrapped = (0...next(6)).map { _ in pieces[next(pieces.count)] }.joined()
      switch next(4) {
      case 0: return "[\(wrapped)]"
      case 1: return "{\(wrapped)}"
      default: return wrapped
      }
    }
  }

  @Test
  func `plain dates mean what the same dates mean with a mark, and none is read that is not then`()
  {
    let years = ["0000", "1900", "1904", "1999", "9999"]
    let months = years.flatMap { year in (0...25).map { "\(year)-\(Self.digits($0))" } }
    let days = months.flatMap { month in (0...32).map { "\(month)-\(Self.digits($0))" } }
    for text in years + months + days {
      let plain = try? EDTF(text)
      #expect(plain?.bounds == (try? EDTF("\(text)~"))?.bounds, "\(text)")
    }
  }

  private static func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  @Test func `every text that is read keeps its text, has ordered bounds and reads as words`() {
    var read = 0
    for text in Self.texts(count: 8000) {
      guard let date = try? EDTF(text) else { continue }
      read += 1
      #expect(date.text == text)
      #expect(!date.inWords.isEmpty)
      #expect(0...2 ~= date.level)
      if let earliest = date.bounds.earliest, let latest = date.bounds.latest {
        #expect(earliest <= latest, "\(text)")
      }
      #expect(date.relation(to: date) == .same)
      #expect(EDTF.suggestion(for: text) == text)
    }
    #expect(read > 200)
  }

  @Test func `every refusal points into the text and suggests only what can be read`() throws {
    for text in Self.texts(count: 3000) {
      do {
        _ = try EDTF(text)
      } catch {
        #expect(0...text.count ~= error.offset, "\(text)")
        #expect(!error.message.isEmpty)
        if let suggestion = error.suggestion {
          #expect(throws: Never.self) { try EDTF(suggestion) }
        }
      }
    }
  }

  @Test func `every day of four years is read with itself as bounds`() throws {
    for year in ["1999", "2000", "1900", "1904"] {
      for month in 1...12 {
        for day in 1...31 {
          let text = [year, month < 10 ? "0\(month)" : "\(month)", day < 10 ? "0\(day)" : "\(day)"]
            .joined(separator: "-")
          guard let date = try? EDTF(text) else {
            #expect(day > 28, "\(text)")
            continue
          }
          #expect(date.bounds.earliest?.description == text)
          #expect(date.bounds.latest?.description == text)
          #expect(EDTF.suggestion(for: date.inWords) == text)
        }
      }
    }
  }

  @Test(arguments: [
    "1937", "1937-07", "1928~", "1928?", "1928%", "1943-21", "193X", "193X~", "1923/1925",
    "1984~/2004-06", "1985/..", "../1985", "[1927,1928]", "[1926,1927,1928]", "[1923..1925]",
    "[1927..]", "[..1760-12-03]", "{1922,1923}", "-0043-03-15", "0079",
  ])
  func `words are understood again`(text: String) throws {
    #expect(EDTF.suggestion(for: try EDTF(text).inWords) == text)
  }
}
