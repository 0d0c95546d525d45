import Glibc
import Synchronization
import Terminal
import Testing

@Suite("Progress")
struct ProgressBarTests {
  /// A clock that a test sets, and what was written by then.
  final class Rig: Sendable {
    private let time = Mutex(Duration.zero)
    private let reading: Int32
    private let writing: Int32

    init() throws {
      var ends: [Int32] = [0, 0]
      try #require(pipe(&ends) == 0)
      reading = ends[0]
      writing = ends[1]
    }

    func bar(isTerminal: Bool, from base: Int = 0, total: Int?) -> ProgressBar {
      let surface = Terminal.Surface(
        isTerminal: isTerminal, isInColor: false, width: 80, height: isTerminal ? 24 : nil)
      return ProgressBar(
        "importing", unit: "events", from: base, total: total, surface: surface,
        stream: ByteStream(writing), now: { self.time.withLock { $0 } })
    }

    func wait(_ duration: Duration) { time.withLock { $0 += duration } }

    /// Closes the stream and returns everything that was written.
    func output() -> String {
      close(writing)
      var bytes = [UInt8](repeating: 0, count: 4096)
      let count = read(reading, &bytes, bytes.count)
      close(reading)
      return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
    }
  }

  @Test("A terminal sees a bar with rate and time left, which goes when the work is done")
  func terminal() throws {
    let rig = try Rig()
    let bar = rig.bar(isTerminal: true, total: 4000)
    rig.wait(.seconds(1))
    bar.advance(to: 1000)
    bar.finish()
    let output = rig.output()
    #expect(output.contains("25% importing 1,000 of 4,000 events, 1,000 events/s, 3 s left"))
    #expect(output.hasSuffix("\r\u{1B}[K"))
    #expect(!output.contains("\n"))
  }

  @Test("Elsewhere there is a line every few seconds")
  func log() throws {
    let rig = try Rig()
    let bar = rig.bar(isTerminal: false, total: 100)
    for step in 1...12 {
      rig.wait(.seconds(1))
      bar.advance(to: step)
    }
    bar.finish()
    #expect(
      rig.output() == """
        importing 5 of 100 events, 1 events/s, 2 min left (5%)
        importing 10 of 100 events, 1 events/s, 2 min left (10%)

        """)
  }

  @Test("What is over at once is not shown at all", arguments: [true, false])
  func quick(isTerminal: Bool) throws {
    let rig = try Rig()
    let bar = rig.bar(isTerminal: isTerminal, total: 10)
    bar.advance(to: 5)
    bar.advance(to: 10)
    bar.finish()
    #expect(rig.output() == "")
  }

  @Test("What was done before counts as done, and not for the rate")
  func resumed() throws {
    let rig = try Rig()
    let bar = rig.bar(isTerminal: false, from: 800, total: 1000)
    rig.wait(.seconds(10))
    bar.advance(to: 900)
    #expect(rig.output() == "importing 900 of 1,000 events, 10 events/s, 10 s left (90%)\n")
  }

  @Test("Without a total it counts")
  func unknownTotal() throws {
    let rig = try Rig()
    let bar = rig.bar(isTerminal: false, total: nil)
    rig.wait(.seconds(10))
    bar.advance(to: 123_456)
    #expect(rig.output() == "importing 123,456 events, 12,346 events/s\n")
  }
}
