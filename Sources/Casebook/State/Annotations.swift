import StrictJSON

/// The annotations of one case, source or casebook, and what their events do. The three kinds of stream share it.
public struct Annotations: Hashable, Sendable {
  /// All of them, withdrawn ones included, by number.
  public private(set) var all: [Int: Annotation] = [:]
  private var numbers = Numbering()

  /// The number that the next one takes.
  public var next: Int { numbers.next }

  /// The annotation numbered `number`.
  public subscript(number: Int) -> Annotation? { all[number] }

  /// All of them in the order of recording.
  public var sorted: [Annotation] { all.values.sorted { $0.number < $1.number } }

  /// These with one annotation alone, or none.
  func part(_ number: Int?) -> Annotations {
    var part = Annotations()
    if let number { part.all[number] = all[number] }
    return part
  }

  /// Keeps `number` from being given out.
  mutating func reserve(_ number: Int, version: Int64) {
    numbers.reserve(number, version: version)
  }

  /// Gives out `number`, to an annotation that may be passed over.
  mutating func take(_ number: Int, version: Int64) throws(JSONError) {
    try numbers.take(number, version: version)
  }

  mutating func add(
    _ number: Int, _ content: AnnotationContent, _ mark: ImportMark?, _ stamp: Stamp
  ) {
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
