import Terminal
import Testing

@Suite("CSV")
struct CSVWriterTests {
  @Test(
    "Fields are quoted when they must be",
    arguments: [
      (["a", "b"], "a,b\n"), (["a,b", "c"], "\"a,b\",c\n"),
      (["say \"no\""], "\"say \"\"no\"\"\"\n"),
      (["two\nlines", "x"], "\"two\nlines\",x\n"), (["cr\r\nlf"], "\"cr\r\nlf\"\n"),
      ([" edge", "edge "], "\" edge\",\"edge \"\n"), ([""], "\"\"\n"), (["", ""], ",\n"),
      (["Дерябин"], "Дерябин\n"),
    ])
  func records(fields: [String], line: String) {
    var writer = CSVWriter()
    writer.addRecord(fields)
    #expect(writer.text == line)
  }
}
