import Glibc
import Terminal
import Testing

@Suite("Terminal")
struct TerminalTests {
  init() {
    // A signal would end all tests, not one.
    ByteStream.ignoreBrokenPipes()
  }

  @Test(
    "The width comes from COLUMNS, and is 80 where nothing is known",
    arguments: [("120", 120), ("", 80), ("0", 80), ("-5", 80), ("wide", 80)])
  func width(columns: String, width: Int) throws {
    // Tests have no terminal of their own, so nothing but the variable can say.
    try #require(isatty(STDOUT_FILENO) == 0)
    let terminal = Terminal(environment: ["COLUMNS": columns])
    #expect(terminal.outputSurface.width == width)
    #expect(terminal.outputSurface.height == nil)
  }

  @Test("A reader who has gone is told from a failure")
  func closedPipe() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    close(ends[0])
    let stream = ByteStream(ends[1])
    try stream.write("nobody reads this")
    #expect(throws: StreamError.closed) { try stream.flush() }
    // What could not be written is gone, so that the end of the process does not fail again.
    try stream.flush()
    close(ends[1])
  }

  @Test("A full disk is a failure, in the system's words")
  func fullDisk() throws {
    let descriptor = open("/dev/full", O_WRONLY)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    let stream = ByteStream(descriptor)
    try stream.write("text")
    #expect(throws: StreamError.refused("No space left on device")) { try stream.flush() }
  }

  @Test("The pager is the user's, and can be turned off")
  func pagerChoice() {
    #expect(Pager(environment: [:])?.command == "less")
    #expect(Pager(environment: ["PAGER": "more"])?.command == "more")
    #expect(Pager(environment: ["PAGER": "more", "DOSSIER_PAGER": "most"])?.command == "most")
    #expect(Pager(environment: ["DOSSIER_PAGER": ""]) == nil)
    #expect(Pager(environment: ["PAGER": "cat"]) == nil)
  }

  @Test("The pager gets the whole text; one that does not exist is reported, not fatal")
  func paging() throws {
    let text = String(repeating: "a line of text\n", count: 20_000)
    // The shell is the pager: it reads everything and says by its exit status whether it was whole.
    let counting = try #require(
      Pager(environment: ["PAGER": "sh -c 'test $(wc -l) = 20000 || exit 127'"]))
    #expect(counting.show(text))
    let missing = try #require(Pager(environment: ["PAGER": "no-such-pager-here"]))
    #expect(!missing.show(text))
    let impatient = try #require(Pager(environment: ["PAGER": "true"]))
    #expect(impatient.show(text))
  }
}
