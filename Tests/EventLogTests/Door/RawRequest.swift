import EventLog
import FoundationEssentials
import PostgresClient

/// The arguments of an append as SQL takes them, whatever they are.
struct RawRequest {
  /// How an array is written down.
  enum Shape: CaseIterable {
    case list, fromZero, nested, shorter, longer, empty, missing
  }

  var requestID: UUID? = UUID()
  var commandHash: [UInt8]? = sha256("generated")
  var reply: String? = "{}"
  var kinds: [String?] = []
  var ids: [String?] = []
  var expected: [Int64?] = []
  var streams: [Int32?] = []
  var eventIDs: [UUID?] = []
  var types: [String?] = []
  var versions: [Int32?] = []
  var voices: [String?] = []
  var data: [String?] = []
  /// The shape of one of the nine arrays, in the order of the function's parameters; the others are lists.
  var misshapen: (index: Int, shape: Shape)?

  /// The call.
  func query(_ casebook: UUID) -> PostgresQuery {
    """
    SELECT first_position FROM dossier.append(
      \(casebook), \(requestID as UUID?), \(commandHash as [UInt8]?), \(reply as String?),
      CAST(\(array(0, kinds) as String?) AS text[]), CAST(\(array(1, ids) as String?) AS text[]),
      CAST(\(array(2, expected.map { $0.map(String.init) }) as String?) AS bigint[]),
      CAST(\(array(3, streams.map { $0.map(String.init) }) as String?) AS integer[]),
      CAST(\(array(4, eventIDs.map { $0?.uuidString }) as String?) AS uuid[]),
      CAST(\(array(5, types) as String?) AS text[]),
      CAST(\(array(6, versions.map { $0.map(String.init) }) as String?) AS integer[]),
      CAST(\(array(7, voices) as String?) AS text[]), CAST(\(array(8, data) as String?) AS text[]))
    """
  }

  private func array(_ index: Int, _ elements: [String?]) -> String? {
    let shape = misshapen.flatMap { $0.index == index ? $0.shape : nil } ?? .list
    switch shape {
    case .list: return Self.literal(elements)
    case .fromZero: return "[0:\(elements.count - 1)]=\(Self.literal(elements))"
    case .nested: return "{\(Self.literal(elements))}"
    case .shorter: return Self.literal(elements.dropLast())
    case .longer: return Self.literal(elements + [elements.last ?? nil])
    case .empty: return "{}"
    case .missing: return nil
    }
  }

  private static func literal(_ elements: some Sequence<String?>) -> String {
    let texts = elements.map { element in
      guard let element else { return "NULL" }
      return "\"\(element.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }
    return "{\(texts.joined(separator: ","))}"
  }
}
