import StrictJSON

/// An annotation as the events up to now leave it.
public struct Annotation: Hashable, Sendable {
  /// Its number within its home: 3 for `a3`.
  public let number: Int
  /// What it says, revisions included.
  public var content: AnnotationContent
  /// Whether it has been withdrawn.
  public var isWithdrawn = false
  /// How often it has been recorded or revised.
  public var revision = 1
  /// When it was recorded.
  public let recorded: Stamp
  /// When it last changed.
  public var changed: Stamp
  /// The mark of the last import that recorded or revised it.
  public var mark: ImportMark?
  /// True when the last change was not made by an import.
  public var hasDiverged = false
}

/// The annotations of one case, source or casebook, and what their events do. The three kinds of stream share it.
public struct Annotations: Hashable, Sendable {
  /// All of them, withdrawn ones included, by number.
  public private(set) var all: [Int: Annotation] = [:]
  /// The number that the next one takes.
  public private(set) var next = 1

  /// The annotation numbered `number`.
  public subscript(number: Int) -> Annotation? { all[number] }

  /// All of them in the order of recording.
  public var sorted: [Annotation] { all.values.sorted { $0.number < $1.number } }

  /// Keeps `number` from being given again.
  mutating func reserve(_ number: Int) { next = max(next, number + 1) }

  mutating func add(
    _ number: Int, _ content: AnnotationContent, _ mark: ImportMark?, _ stamp: Stamp
  ) {
    reserve(number)
    all[number] = Annotation(
      number: number, content: content, recorded: stamp, changed: stamp, mark: mark)
  }

  /// Applies a revision; false when there is no such annotation.
  mutating func revise(
    _ number: Int, _ revision: Revision, _ stamp: Stamp
  ) throws(JSONError) -> Bool {
    guard var annotation = all[number] else { return false }
    annotation.content = try annotation.content.applying(revision.changes)
    annotation.revision += 1
    annotation.changed = stamp
    annotation.mark = revision.mark ?? annotation.mark
    annotation.hasDiverged = revision.mark == nil
    all[number] = annotation
    return true
  }

  /// Applies a withdrawal; false when there is no such annotation.
  mutating func withdraw(_ number: Int, _ stamp: Stamp) -> Bool {
    guard var annotation = all[number] else { return false }
    annotation.isWithdrawn = true
    annotation.changed = stamp
    all[number] = annotation
    return true
  }
}
