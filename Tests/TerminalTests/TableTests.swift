import Terminal
import Testing

@Suite("Tables")
struct TableTests {
  private func table() -> Table {
    var table = Table([
      .init("ref"), .init("value", wraps: true), .init("n", alignment: .right),
    ])
    table.addRow(["c5", "major", "1"])
    table.addRow(["c10", "a longer value that does not fit a narrow screen", "12"])
    return table
  }

  @Test("Columns are as wide as what they hold, without spaces at the end of lines")
  func natural() {
    #expect(
      table().lines(width: 80).map(\.plain) == [
        "REF  VALUE                                              N",
        "c5   major                                              1",
        "c10  a longer value that does not fit a narrow screen  12",
      ])
  }

  @Test("A column that may wraps to fit the width; the others stay whole")
  func wrapping() {
    #expect(
      table().lines(width: 30).map(\.plain) == [
        "REF  VALUE                   N",
        "c5   major                   1",
        "c10  a longer value that    12",
        "     does not fit a narrow",
        "     screen",
      ])
  }

  @Test("A screen too narrow for columns gets a cell a line")
  func stacked() {
    var table = Table([.init("reference"), .init("position"), .init("value", wraps: true)])
    table.addRow(["gouzenko/c12", "soviet-defectors@412", "a value"])
    table.addRow(["orlov/c1", "soviet-defectors@413", "another"])
    #expect(
      table.lines(width: 30).map(\.plain) == [
        "REFERENCE  gouzenko/c12", "POSITION   soviet-defectors@41", "           2",
        "VALUE      a value", "", "REFERENCE  orlov/c1", "POSITION   soviet-defectors@41",
        "           3", "VALUE      another",
      ])
  }

  @Test("A note stands below its row and takes the width of the columns after it")
  func notes() {
    var table = table()
    table.addNote("a note of eleven words that makes no column wider than it was", under: 1)
    #expect(
      table.lines(width: 36).map(\.plain) == [
        "REF  VALUE                         N",
        "c5   major                         1",
        "c10  a longer value that does     12",
        "     not fit a narrow screen",
        "     a note of eleven words that",
        "     makes no column wider than it",
        "     was",
      ])
    var stacked = Table([.init("reference"), .init("position")])
    stacked.addRow(["gouzenko/c12", "soviet-defectors@412"])
    stacked.addNote("a note", under: 1)
    #expect(stacked.lines(width: 30).map(\.plain).last == "a note")
  }

  @Test("Columns that give way share what is short, and break no word while there is room for it")
  func wholeWords() {
    var table = Table([.init(), .init(wraps: true), .init(alignment: .right, wraps: true)])
    let value = "in mysterious circumstances abroad"
    let locator = "the summary of chapter five, paragraph two, and the note"
    table.addRow(["c1", "\(value)", "\(locator)"])
    #expect(
      table.lines(width: 44).map(\.plain) == [
        "c1  in mysterious             the summary of",
        "    circumstances              chapter five,",
        "    abroad                paragraph two, and",
        "                                    the note",
      ])
    // Two columns of 13 and 12 with their gaps.
    for width in 31...110 {
      let lines = table.lines(width: width).map(\.plain)
      let words = Set(lines.flatMap { $0.split(separator: " ") })
      #expect(words.isSuperset(of: "\(value) \(locator)".split(separator: " ")), "\(width)")
      #expect(lines.allSatisfy { $0.count <= width }, "\(width)")
    }
    let broken = table.lines(width: 30).map(\.plain)
    #expect(broken.contains { $0.contains("circumstance") && !$0.contains("circumstances") })
    #expect(broken.allSatisfy { $0.count <= 30 })
  }

  @Test("A cell longer than its column's limit takes a line of its own where room is short")
  func limits() {
    var table = Table([.init(), .init(limit: 6), .init(wraps: true)])
    table.addRow(["c1", "short", "a value of six words or so"])
    table.addRow(["c2", "much-too-long", "another"])
    #expect(
      table.lines(width: 30).map(\.plain) == [
        "c1  short  a value of six", "           words or so", "c2  much-too-long",
        "           another",
      ])
    #expect(table.lines(width: 80).map(\.plain)[1] == "c2  much-too-long  another")
  }

  @Test("A part of a table has the columns of the whole")
  func parts() {
    var part = Table([.init("ref"), .init("value", wraps: true), .init("n", alignment: .right)])
    part.addRow(["c5", "major", "1"])
    #expect(
      part.lines(width: 80, partOf: table()).map(\.plain)
        == Array(table().lines(width: 80).map(\.plain).prefix(2)))
  }

  @Test("Wide characters take their columns")
  func wide() {
    var table = Table([.init(), .init()])
    table.addRow(["漢字", "x"])
    table.addRow(["ab", "y"])
    #expect(table.lines(width: 40).map(\.plain) == ["漢字  x", "ab    y"])
  }

  @Test("Nothing is cut off at any width", arguments: 20...100)
  func everyWidth(width: Int) {
    let lines = table().lines(width: width).map(\.plain)
    #expect(lines.allSatisfy { $0.displayWidth <= width })
    let text = lines.joined(separator: " ")
    for word in "a longer value that does not fit a narrow screen".split(separator: " ") {
      #expect(text.contains(word))
    }
  }

  @Test("A table without rows shows nothing, titles included")
  func empty() {
    #expect(Table([.init("ref")]).lines(width: 80).isEmpty)
  }
}
