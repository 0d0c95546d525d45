import Synchronization

/// Tells on standard error how far a long task has come.
///
/// On a terminal it redraws one line, with the rate and the time left; elsewhere it adds a line every
/// few seconds, for logs. Nothing is shown for a task that is over at once.
public final class ProgressBar: Sendable {
  private struct State {
    var done = 0
    var lastShown: Duration
    var isDrawn = false
  }

  /// How often a terminal is redrawn.
  static let redrawInterval = Duration.milliseconds(100)
  /// How often a line is added where there is no terminal.
  static let lineInterval = Duration.seconds(5)

  private let label: String
  private let unit: String
  private let total: Int?
  private let surface: Terminal.Surface
  private let stream: ByteStream
  private let now: @Sendable () -> Duration
  private let started: Duration
  private let base: Int
  private let state: Mutex<State>

  /// Starts counting.
  ///
  /// - Parameters:
  ///   - label: What is being done: "importing".
  ///   - unit: What is counted: "events".
  ///   - base: How many were done before, by somebody else or so long ago that the rate says nothing of it.
  ///   - total: How many there will be, if that is known.
  ///   - surface: What standard error is.
  ///   - stream: Standard error.
  ///   - now: Time since any fixed moment, always going forward.
  public init(
    _ label: String, unit: String, from base: Int = 0, total: Int?, surface: Terminal.Surface,
    stream: ByteStream, now: @escaping @Sendable () -> Duration
  ) {
    self.label = label
    self.unit = unit
    self.base = base
    self.total = total
    self.surface = surface
    self.stream = stream
    self.now = now
    started = now()
    state = Mutex(State(lastShown: started))
  }

  /// Says how many are done, showing it when the last time was long enough ago.
  public func advance(to done: Int) {
    let time = now()
    let text: String? = state.withLock { state in
      state.done = done
      let interval = surface.isTerminal ? Self.redrawInterval : Self.lineInterval
      guard time - state.lastShown >= interval else { return nil }
      state.lastShown = time
      state.isDrawn = true
      return surface.isTerminal
        ? "\r" + line(done, at: time) + "\u{1b}[K" : line(done, at: time) + "\n"
    }
    if let text { show(text) }
  }

  /// Takes the bar off the terminal; what was done is then for the command to say.
  public func finish() {
    let wasDrawn = state.withLock { state in
      defer { state.isDrawn = false }
      return state.isDrawn
    }
    if wasDrawn, surface.isTerminal { show("\r\u{1b}[K") }
  }

  /// Progress is not worth failing for.
  private func show(_ text: String) {
    try? stream.write(text)
    try? stream.flush()
  }

  // MARK: The line

  private func line(_ done: Int, at time: Duration) -> String {
    let seconds = (time - started) / .seconds(1)
    let rate = seconds > 0 ? Double(done - base) / seconds : 0
    let speed = "\(Self.grouped(Int(rate.rounded()))) \(unit)/s"
    guard let total, total > 0 else {
      return fitted("\(label) \(Self.grouped(done)) \(unit), \(speed)")
    }
    let share = min(Double(done) / Double(total), 1)
    var text = "\(label) \(Self.grouped(done)) of \(Self.grouped(total)) \(unit), \(speed)"
    if rate > 0, done < total {
      text += ", \(Self.timeLeft(Double(total - done) / rate)) left"
    }
    let percent = "\(Int(share * 100))%"
    guard surface.isTerminal else { return "\(text) (\(percent))" }
    let room = min(surface.width - text.displayWidth - percent.count - 5, 30)
    guard room >= 8 else { return fitted("\(percent) \(text)") }
    let filled = Int(share * Double(room))
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: room - filled)
    return "[\(bar)] \(percent) \(text)"
  }

  /// A line that is redrawn must never reach the edge, where the terminal would go on below.
  private func fitted(_ text: String) -> String {
    surface.isTerminal ? String(text.prefix(surface.width - 1)) : text
  }

  /// A time for people: "45 s", "3 min", "2 h 10 min".
  static func timeLeft(_ seconds: Double) -> String {
    let seconds = Int(min(seconds, 1e9).rounded(.up))
    if seconds < 90 { return "\(seconds) s" }
    let minutes = (seconds + 30) / 60
    if minutes < 90 { return "\(minutes) min" }
    return "\(minutes / 60) h \(minutes % 60) min"
  }

  /// A number with a comma at each thousand.
  static func grouped(_ number: Int) -> String {
    var result = ""
    for (index, digit) in String(number.magnitude).reversed().enumerated() {
      if index > 0, index % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return (number < 0 ? "-" : "") + String(result.reversed())
  }
}
