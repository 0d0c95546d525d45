public import Calendar
public import Casebook
import StrictJSON

/// What a request did.
public struct Receipt: Sendable {
  /// What each command's events are called from now on, in order.
  public let references: [Reference]
  /// The positions of the first and the last event; nil for a dry run or a request that had nothing to append.
  public let positions: ClosedRange<Int64>?
  /// When it was recorded.
  public let recordedAt: Instant?
  /// True when the request had been carried out before and this is the first reply again.
  public let isReplay: Bool
  /// By how much the server's clock is behind the log, in microseconds; 0 when it is not.
  public let clockBehindMicroseconds: Int64
  /// The decisions, in the order of the events; empty for a replay.
  public let decisions: [Decision]
}

extension Receipt {
  /// What came of a request that had nothing to append.
  static let nothing = Receipt(planned: [])

  /// The reply that the log keeps; `undone` is the first position of the request that this one undoes.
  static func reply(_ references: [Reference], undoing undone: Int64? = nil) -> String {
    var members: [(String, JSON)] = [
      ("references", .array(references.map { .string($0.description) }))
    ]
    if let undone { members.append(("undoes", .integer(undone))) }
    return JSON.object(JSONObject(members)).text
  }

  static func references(in reply: String) -> [Reference] {
    let texts = (try? JSON(parsing: reply))?["references"]?.arrayValue ?? []
    return texts.compactMap { $0.stringValue }.compactMap { try? Reference($0) }
  }
}
