public import Casebook
public import EventLog

/// A view: rows that the fold of the log leaves, each true for a stretch of it.
///
/// It says which rows an event may have changed and what they are now. What the event means is the domain's to say
/// (`evolve`); when rows begin and end, and how they are stored, is the same for every view.
public protocol Projection: Sendable {
  /// Its name, which is its table's too.
  static var name: String { get }
  /// Raised whenever the same log would give other rows; the next rebuild then replaces them.
  static var version: Int { get }
  /// What it is for, in a few words.
  static var summary: String { get }
  /// The streams it folds. One kind: the first column names the stream. Several: the first two are `stream_kind` and
  /// `stream_id`.
  static var streams: Set<StreamKind> { get }
  /// Its columns, in the order of its rows.
  static var columns: [ViewColumn] { get }
  /// How many of the columns, from the first, tell a row from others.
  static var keyColumns: Int { get }
  /// Whether it needs to know the state before each event; a copy of it costs time.
  static var comparesStates: Bool { get }

  /// The things whose rows an event may have changed, by a number of the view's choosing within the stream.
  static func items(touchedBy step: Step) -> [Int]
  /// The rows of such a thing now.
  static func rows(of item: Int, after step: Step) -> [ViewRow]
}

extension Projection {
  /// No.
  public static var comparesStates: Bool { false }

  /// The kinds of streams it folds, in the order in which the log sorts them.
  static var kinds: [String] { streams.map(\.rawValue).sorted() }

  /// How many of the columns, from the first, name the stream a row belongs to.
  static var homeColumns: Int { streams.count == 1 ? 1 : 2 }
}

/// An event that has just been folded.
public struct Step {
  /// The event as it stands in the log.
  public let event: RecordedEvent
  /// The stream it belongs to.
  public let stream: StreamAddress
  /// What happened; nil when that cannot be read, in an event that is set aside.
  public let fact: Fact?
  /// Whether the event is set aside, so that it counts for nothing.
  public let isVoided: Bool
  /// The state it found, for views that compare.
  public let before: CasebookState?
  /// The state it left; of cases and sources it holds this stream's only.
  public let after: CasebookState

  /// The case, when the stream is one and has been opened.
  public var caseFile: Case? { after.cases[stream.id] }
}
