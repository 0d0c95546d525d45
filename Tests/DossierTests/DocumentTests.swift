import StrictJSON
import Testing

@Suite("JSON that others rely on")
struct DocumentTests {
  /// A command that reads, the keys of its document, and those of the first item at a path.
  private typealias Promise = (line: String, top: [String], path: [String], keys: [String])

  private static let claim = [
    "ref", "case", "predicate", "state", "value", "edtf", "polarity", "attribution", "qualifiers",
    "source", "locator", "quote", "status", "revision", "disputed", "citations", "recordedAt",
    "recordedBy", "position",
  ]
  private static let event = [
    "position", "type", "recordedAt", "recordedBy", "voice", "stream", "streamVersion", "data",
  ]

  private static let promises: [Promise] = [
    (
      "case list", ["cases"], ["cases"],
      [
        "slug", "name", "kind", "status", "claims", "annotations", "sources", "lastPosition",
      ]
    ),
    ("claim list", ["claims"], ["claims"], claim),
    ("claim list", [], ["claims", "attribution"], ["stance"]),
    (
      "case show gouzenko",
      [
        "case", "version", "claims", "citations", "disputes", "annotations", "conclusions",
        "aliases",
      ],
      ["claims"], claim
    ),
    ("claim show gouzenko/c1", ["claim"], ["claim"], claim),
    (
      "claim show gouzenko/c2", [], ["claim", "citations"],
      ["ref", "work", "locator", "note", "as"]
    ),
    ("history gouzenko", ["events"], ["events"], event),
    ("audit gouzenko", ["case", "trails"], ["trails"], ["voice", "source", "entries"]),
    (
      "audit gouzenko", [], ["trails", "entries"],
      [
        "position", "recordedAt", "recordedBy", "action", "ref", "predicate", "after", "locator",
      ]
    ),
    (
      "citation list", ["citations"], ["citations"],
      ["ref", "target", "work", "locator", "note", "as"]
    ),
    (
      "annotation list", ["annotations"], ["annotations"],
      ["ref", "target", "text", "tags", "recordedAt", "recordedBy", "position"]
    ),
    (
      "source list", ["sources"], ["sources"],
      ["slug", "title", "issued", "copies", "lastPosition"]
    ),
    ("source show fbi-1955", ["source"], ["source"], ["slug", "title", "issued", "derivesFrom"]),
    (
      "claim predicates", ["predicates"], ["predicates"], ["id", "label", "type", "scope"]
    ),
    (
      "timeline gouzenko", ["case", "moments"], ["moments"],
      ["edtf", "earliest", "latest", "claim"]
    ),
    ("diff gouzenko @1..", ["from", "to", "changes"], ["changes"], ["ref", "change", "after"]),
    ("replay --to now", ["cases", "voices"], ["voices"], ["source", "claims"]),
    ("replay --to now --case gouzenko", ["case", "claims"], ["claims"], claim),
    (
      "search papers", ["count", "hits"], ["hits"],
      ["kind", "ref", "approximate", "fragments", "recordedAt", "recordedBy", "position"]
    ),
    ("casebook show", ["cases"], [], []),
    ("log show @1..@3", ["events"], ["events"], event),
    ("home", ["lastOwnPosition", "openDisputes", "claimsWithoutQuotes"], [], []),
  ]

  @Test("Each document has the keys promised, says what it stands on, and is the same asked again")
  func keys() async throws {
    try await Sandbox.withOffice { office in
      let head = try await office.head()
      for promise in Self.promises {
        let comment: Comment = "\(promise.line)"
        let output = try await office.done("\(promise.line) --format json").output
        let document = try JSON(parsing: output)
        #expect(Self.missing(["basis"] + promise.top, in: document).isEmpty, comment)
        #expect(document["basis"]?["casebook"] == "notes", comment)
        #expect(document["basis"]?["position"] == .integer(head), comment)
        #expect(document["basis"]?["recordedAt"]?.stringValue?.hasSuffix("Z") == true, comment)
        var item = document
        for key in promise.path {
          let inner = try #require(item[key], comment)
          item = inner.arrayValue?.first ?? inner
        }
        #expect(Self.missing(promise.keys, in: item).isEmpty, comment)
        #expect(try await office.done("\(promise.line) --format json").output == output, comment)
      }
    }
  }

  private static func missing(_ keys: [String], in document: JSON) -> [String] {
    keys.filter { document[$0] == nil }
  }

  @Test("ndjson is one item a line; csv has a header and as many records")
  func linesAndRecords() async throws {
    try await Sandbox.withOffice { office in
      let claims = try #require(try await office.json("claim list")["claims"]?.arrayValue)
      #expect(claims.count == 3)
      let lines = try await office.done("claim list --format ndjson").lines
      #expect(try lines.map { try JSON(parsing: $0) } == claims)
      let records = try await office.done("claim list --format csv").lines
      #expect(records.count == claims.count + 1)
      #expect(records[0].hasPrefix("ref,case,predicate,"))
    }
  }

  @Test("log verify and log head say where the log stands, and how")
  func log() async throws {
    try await Sandbox.withOffice { office in
      let head = try await office.head()
      let verified = try await office.json("log verify")
      #expect(verified["verdict"] == "intact")
      #expect(verified["events"] == .integer(head))
      #expect(verified["basis"]?["position"] == .integer(head))
      #expect(verified["root"]?.stringValue?.count == 64)
      #expect(verified["firstBad"] == nil)
    }
  }

  @Test("What was written says so, with the references to use next")
  func receipts() async throws {
    try await Sandbox.withOffice { office in
      let head = try await office.head()
      let receipt = try await office.json(
        "claim record gouzenko,derjabin fear yes -s fbi-1955 -l 'p. 9'")
      #expect(receipt["references"] == ["gouzenko/c5", "derjabin/c1"])
      #expect(receipt["firstPosition"] == .integer(head + 1))
      #expect(receipt["lastPosition"] == .integer(head + 2))
      #expect(receipt["repeated"] == false)
      #expect(receipt["dryRun"] == false)
    }
  }
}
