import Casebook
public import EventLog
import StrictJSON

/// Everything that can be found by its words: claims and annotations that stand, and sources.
public enum SearchView: Projection {
  public static let name = "search_view"
  public static let version = 3
  public static let summary = "words: claims, quotes, annotations and sources, for search"
  public static let streams: Set<StreamKind> = [.casebook, .source, .case]
  public static let columns = [
    ViewColumn("stream_kind", .text), ViewColumn("stream_id", .text), ViewColumn("kind", .text),
    ViewColumn("number", .integer), ViewColumn("source_id", .text),
    ViewColumn("predicate", .text), ViewColumn("is_negative", .boolean),
    ViewColumn("target", .text), ViewColumn("tags", .texts), ViewColumn("text", .text),
    ViewColumn("quote", .text), ViewColumn("more", .text), ViewColumn("locator", .text),
    ViewColumn("names", .texts), ViewColumn("recorded_at", .timestamp),
    ViewColumn("recorded_by", .text), ViewColumn("recorded_position", .bigint),
  ]
  public static let keyColumns = 4

  // Claims are the even items, annotations the odd ones, and the source itself is 0.

  public static func items(touchedBy step: Step) -> [Int] {
    switch step.fact?.event {
    case .claimRecorded(let number, _, _), .claimCorrected(let number, _),
      .claimWithdrawn(let number, _), .claimReinstated(let number, _):
      [2 * number]
    case .annotationAdded(let number, _, _), .annotationRevised(let number, _),
      .annotationWithdrawn(let number, _):
      [2 * number + 1]
    case .sourceRegistered, .sourceAmended: [0]
    default: []
    }
  }

  public static func rows(of item: Int, after step: Step) -> [ViewRow] {
    let found: Findable? =
      if item % 2 == 1 {
        step.after.annotations(of: step.stream)?[item / 2].flatMap { Findable($0) }
      } else if item > 0 {
        step.caseFile?.claims[item / 2].flatMap { Findable($0) }
      } else {
        step.after.sources[step.stream.id].map { Findable($0) }
      }
    return found.map { [$0.row(in: step.event.stream)] } ?? []
  }
}

/// What a row says, whatever it is of.
private struct Findable {
  private var kind = "", number = 0
  private var source, predicate, target, quote, more, locator: String?
  private var isNegative = false
  private var tags: [String] = []
  private var text = ""
  private let recorded: Stamp

  init?(_ claim: Claim) {
    guard claim.status == .current else { return nil }
    let content = claim.content
    (kind, number, recorded) = ("claim", claim.number, claim.recorded)
    source = content.source.text
    predicate = content.predicate
    isNegative = content.isNegative
    text = content.assertion.display
    quote = content.quote
    let wording = content.asWritten == content.quote ? nil : content.asWritten
    more = Self.joined(
      [wording, content.attribution.saidBy?.display].compactMap(\.self)
        + content.sortedQualifiers.map(\.value.display))
    locator = content.locator
  }

  init?(_ annotation: Annotation) {
    guard !annotation.isWithdrawn else { return nil }
    (kind, number, recorded) = ("annotation", annotation.number, annotation.recorded)
    text = annotation.content.text
    target = annotation.content.target.description
    tags = annotation.content.tags
  }

  init(_ registered: Source) {
    (kind, recorded) = ("source", registered.registered)
    source = registered.slug.text
    text = registered.content.title
    let words = registered.content.csl.map { Self.words(in: .object($0)) } ?? []
    more = Self.joined([registered.content.issuedTo].compactMap(\.self) + words)
  }

  func row(in stream: StreamID) -> ViewRow {
    var row = RowBuilder(SearchView.self)
    row.add(stream.kind.rawValue)
    row.add(stream.id)
    row.add(kind)
    row.add(number)
    row.add(source)
    row.add(predicate)
    row.add(isNegative)
    row.add(target)
    row.add(tags)
    row.add(text)
    row.add(quote)
    row.add(more)
    row.add(locator)
    row.add(NameKeys.all(in: [text, quote, more].compactMap(\.self)))
    row.add(recorded)
    return row.row
  }

  private static func joined(_ texts: [String]) -> String? {
    texts.isEmpty ? nil : texts.joined(separator: "; ")
  }

  /// The texts in bibliographic data, in order.
  private static func words(in json: JSON) -> [String] {
    switch json {
    case .string(let text): [text]
    case .array(let elements): elements.flatMap { words(in: $0) }
    case .object(let object): object.members.flatMap { words(in: $0.value) }
    default: []
    }
  }
}
