/// What the events of a prefix that set others aside (`event.voided`) do.
///
/// Such an event names one before it: never the first, without which there is no casebook, and never another of its
/// own kind. One that names anything else, or cannot be read, has no effect. It is passed over and named beside every
/// answer: stopping its stream, as other events that cannot be applied do, would stop the casebook's vocabulary at an
/// event that nothing can set aside.
///
/// They count even behind an event at which the casebook's own stream stands still; nothing could be mended there
/// otherwise. A prefix that ends before one does not know it.
public struct Voids: Hashable, Sendable {
  /// Which event each sets aside, by its own position.
  public private(set) var targets: [Int64: Int64] = [:]
  /// Those without effect, by position, with what is wrong.
  public private(set) var withoutEffect: [Int64: String] = [:]

  /// None.
  public init() {}

  /// The events set aside.
  public var voided: Set<Int64> { Set(targets.values) }

  /// All of them, with effect or without.
  public var positions: Set<Int64> { Set(targets.keys).union(withoutEffect.keys) }

  /// Whether the event at a position is one of them, with effect or without.
  public func contains(_ position: Int64) -> Bool {
    targets[position] != nil || withoutEffect[position] != nil
  }

  /// Takes the next one in the order of the log, which names `target`; nil when it cannot be read.
  public mutating func take(_ position: Int64, naming target: Int64?) {
    if let target, let problem = objection(to: target, at: position) {
      withoutEffect[position] = problem
    } else if let target {
      targets[position] = target
    } else {
      withoutEffect[position] = "it cannot be read"
    }
  }

  private func objection(to target: Int64, at position: Int64) -> String? {
    if target < 1 { return "it names @\(target), and the first event is @1" }
    if target == 1 { return "it names the first event, without which there is no casebook" }
    if target >= position { return "it names @\(target), which does not come before it" }
    if contains(target) { return "it names @\(target), which sets another event aside" }
    return nil
  }
}
