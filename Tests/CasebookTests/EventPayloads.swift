@testable import Casebook
import StrictJSON

/// Every event with the exact text that is stored. Payloads are for ever: a line here may be added, never changed.
enum EventPayloads {
  static let mark = ImportMark(id: "birth-date", digest: "00ff")

  static let claim = ClaimContent.full(
    attribution: Attribution(stance: .reports, saidBy: .caseFile("barmine")))

  static let all: [(event: Event, data: String)] = casebook + sources + cases + claims + annotations

  private static let casebook: [(event: Event, data: String)] = [
    (
      .casebookCreated(CasebookContent(slug: "x", title: "X", description: "About x")),
      #"{"slug":"x","title":"X","description":"About x"}"#
    ),
    (.casebookCreated(CasebookContent(slug: "x", title: "X")), #"{"slug":"x","title":"X"}"#),
    (
      .predicateDefined(World.vocabulary[World.vocabulary.count - 1], mark),
      #"{"id":"recall.ordered","label":"Recall","type":"term","cardinality":"one","qualifiers":"#
        + #"[{"id":"date","type":"date"},{"id":"outcome","type":"term","terms":["cancelled","#
        + #""evaded"]},{"id":"witness","type":"case"},{"id":"note","type":"term"}],"terms":"#
        + #"[{"id":"ordered","label":"plainly ordered"},{"id":"summoned"}],"comparison":"exact","#
        + #""scope":"What counts.","import":{"id":"birth-date","digest":"00ff"}}"#
    ),
    (
      .predicateDefined(World.predicate("fear", .boolean), nil),
      #"{"id":"fear","label":"fear","type":"yes/no","cardinality":"many","qualifiers":[],"#
        + #""terms":[],"comparison":"exact","scope":"What counts."}"#
    ),
    (
      .predicateRevised(id: "fear", .revision(changes: ["scope": "Wider."], mark: mark)),
      #"{"id":"fear","reason":"so","changes":{"scope":"Wider."},"#
        + #""import":{"id":"birth-date","digest":"00ff"}}"#
    ),
    (
      .tabulationStated(.full, mark),
      #"{"id":"fourteen","source":"fbi-1955","locator":"II, p. 4","statement":"In our words.","#
        + #""quote":"fourteen of them","stated":{"count":14,"bound":"exactly"},"population":"#
        + #"{"group":"fbi-twenty"},"named":{"yes":["gouzenko"],"no":["barmine"]},"#
        + #""criterion":"fear = yes","import":{"id":"birth-date","digest":"00ff"}}"#
    ),
    (
      .tabulationStated(.sparse, nil),
      #"{"id":"most","source":"fbi-1955","locator":"II, p. 4","statement":"In our words.","#
        + #""stated":{"bound":"majority"},"population":{"tabulation":"fourteen"},"#
        + #""criterion":"fear = yes"}"#
    ),
    (
      .tabulationCorrected(
        id: "fourteen", .revision(.transcription, changes: ["quote": .null, "locator": "p. 5"])),
      #"{"id":"fourteen","kind":"transcription","reason":"so","#
        + #""changes":{"quote":null,"locator":"p. 5"}}"#
    ),
    (.tabulationWithdrawn(id: "most", reason: "so"), #"{"id":"most","reason":"so"}"#),
    (.eventVoided(position: 412, reason: "so"), #"{"position":412,"reason":"so"}"#),
    (
      .accessGranted(AccessContent(role: "mh", access: .write)), #"{"role":"mh","access":"write"}"#
    ),
    (.accessRevoked(role: "mh"), #"{"role":"mh"}"#),
  ]

  private static let sources: [(event: Event, data: String)] = [
    (
      .sourceRegistered(
        SourceContent(
          slug: "x", title: "X", issued: "1955-01", issuedTo: "Bureau use only",
          csl: ["type": "report"]), mark),
      #"{"slug":"x","title":"X","issued":"1955-01","issuedTo":"Bureau use only","#
        + #""csl":{"type":"report"},"import":{"id":"birth-date","digest":"00ff"}}"#
    ),
    (.sourceRegistered(World.source("x", "X"), nil), #"{"slug":"x","title":"X"}"#),
    (
      .sourceAmended(.revision(changes: ["title": "Y"])),
      #"{"reason":"so","changes":{"title":"Y"}}"#
    ),
    (
      .copyRegistered(SourceCopy(id: "scan", kind: .scan, description: "Of 1999."), mark),
      #"{"id":"scan","kind":"scan","description":"Of 1999.","#
        + #""import":{"id":"birth-date","digest":"00ff"}}"#
    ),
    (
      .textAttached(
        TextAttachment(
          sha256: String(repeating: "0f", count: 32), bytes: 85_979, passages: 68, firstPage: "i",
          copy: "scan")),
      #"{"sha256":"0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f","#
        + #""bytes":85979,"passages":68,"firstPage":"i","copy":"scan"}"#
    ),
    (
      .sourceDerived(SourceDerivation(from: "y", grounds: "It says so.", locator: "p. 1"), mark),
      #"{"from":"y","grounds":"It says so.","locator":"p. 1","#
        + #""import":{"id":"birth-date","digest":"00ff"}}"#
    ),
    (
      .sourceDerived(SourceDerivation(from: "y", grounds: "It says so.", locator: nil), nil),
      #"{"from":"y","grounds":"It says so."}"#
    ),
    (.sourceGraded(.b, grounds: "so"), #"{"grade":"B","grounds":"so"}"#),
  ]

  private static let cases: [(event: Event, data: String)] = [
    (
      .caseOpened(CaseContent(slug: "x", kind: .group, name: "The X"), mark),
      #"{"slug":"x","kind":"group","name":"The X","import":{"id":"birth-date","digest":"00ff"}}"#
    ),
    (
      .caseOpened(CaseContent(slug: "x", kind: .person, name: nil), nil),
      #"{"slug":"x","kind":"person"}"#
    ),
    (
      .caseRenamed(name: "Y", reason: "so", mark),
      #"{"name":"Y","reason":"so","import":{"id":"birth-date","digest":"00ff"}}"#
    ),
    (.caseRenamed(name: "Y", reason: nil, nil), #"{"name":"Y"}"#),
    (.caseClosed(reason: "so"), #"{"reason":"so"}"#),
    (.caseReopened(reason: "so"), #"{"reason":"so"}"#),
    (
      .identityJudged(IdentityContent(other: "y", judgement: .same, grounds: "so"), mark),
      #"{"other":"y","judgement":"same","grounds":"so","#
        + #""import":{"id":"birth-date","digest":"00ff"}}"#
    ),
    (
      .identityJudged(IdentityContent(other: "y", judgement: .unsure, grounds: "so"), nil),
      #"{"other":"y","judgement":"unsure","grounds":"so"}"#
    ),
  ]

  private static let claims: [(event: Event, data: String)] = [
    (
      .claimRecorded(12, claim, mark),
      #"{"ref":"c12","predicate":"recall.ordered","state":"value","value":{"term":"ordered"},"#
        + #""polarity":"negative","hedge":"apparently","asWritten":"was ordered back","#
        + #""attribution":{"stance":"reports","saidBy":{"case":"barmine"}},"#
        + #""qualifiers":{"date":{"date":"1944-09"},"witness":{"case":"barmine"}},"#
        + #""source":"fbi-1955","locator":"p. 41","quote":"the order","#
        + #""import":{"id":"birth-date","digest":"00ff"}}"#
    ),
    (
      .claimRecorded(1, .bare(.unknown), nil),
      #"{"ref":"c1","predicate":"x","state":"unknown","polarity":"positive","#
        + #""attribution":{"stance":"asserts"},"qualifiers":{},"source":"fbi-1955","locator":"p. 1"}"#
    ),
    (
      .claimCorrected(
        12, .revision(.locator, changes: ["locator": "p. 42", "hedge": .null], mark: mark)),
      #"{"ref":"c12","kind":"locator","reason":"so","changes":{"locator":"p. 42","hedge":null},"#
        + #""import":{"id":"birth-date","digest":"00ff"}}"#
    ),
    (.claimWithdrawn(12, reason: "so"), #"{"ref":"c12","reason":"so"}"#),
    (.claimReinstated(12, reason: "so"), #"{"ref":"c12","reason":"so"}"#),
    (
      .claimDisputed(1, DisputeContent(claim: 8, grounds: "so", counter: "barmine/c9"), mark),
      #"{"ref":"d1","claim":"c8","grounds":"so","counter":"barmine/c9","#
        + #""import":{"id":"birth-date","digest":"00ff"}}"#
    ),
    (
      .claimDisputed(1, DisputeContent(claim: 8, grounds: "so", counter: nil), nil),
      #"{"ref":"d1","claim":"c8","grounds":"so"}"#
    ),
    (.disputeResolved(1, resolution: "so"), #"{"ref":"d1","resolution":"so"}"#),
    (
      .conclusionDrawn(
        2,
        ConclusionContent(
          predicate: "recall.ordered", assertion: .value(.term("ordered")), isNegative: true,
          qualifiers: ["date": .date("1944-09")], grounds: ["gouzenko/c12", "barmine/c9"],
          basis: "so", likelihood: .veryLikely, confidence: .moderate), mark),
      #"{"ref":"k2","predicate":"recall.ordered","state":"value","value":{"term":"ordered"},"#
        + #""polarity":"negative","qualifiers":{"date":{"date":"1944-09"}},"#
        + #""on":["gouzenko/c12","barmine/c9"],"basis":"so","likelihood":"very-likely","#
        + #""confidence":"moderate","import":{"id":"birth-date","digest":"00ff"}}"#
    ),
    (
      .conclusionDrawn(
        1,
        ConclusionContent(
          predicate: "x", assertion: .unknown, isNegative: false, qualifiers: [:],
          grounds: ["gouzenko/c1"], basis: "so", likelihood: nil, confidence: nil), nil),
      #"{"ref":"k1","predicate":"x","state":"unknown","polarity":"positive","qualifiers":{},"#
        + #""on":["gouzenko/c1"],"basis":"so"}"#
    ),
    (
      .conclusionRevised(2, .revision(changes: ["likelihood": .null], mark: mark)),
      #"{"ref":"k2","reason":"so","changes":{"likelihood":null},"#
        + #""import":{"id":"birth-date","digest":"00ff"}}"#
    ),
    (.conclusionWithdrawn(2, reason: "so"), #"{"ref":"k2","reason":"so"}"#),
    (
      .citationAdded(
        5,
        CitationContent(
          target: .claim(12), work: "memoir", locator: "p. 266", note: "21", role: .restsOn), mark),
      #"{"ref":"n5","target":"c12","work":"memoir","locator":"p. 266","note":"21","#
        + #""as":"rests-on","import":{"id":"birth-date","digest":"00ff"}}"#
    ),
    (
      .citationAdded(
        5,
        CitationContent(
          target: .annotation(3), work: "memoir", locator: nil, note: nil, role: .see), nil),
      #"{"ref":"n5","target":"a3","work":"memoir","as":"see"}"#
    ),
    (
      .citationCorrected(5, .revision(.citation, changes: ["note": "22"])),
      #"{"ref":"n5","kind":"citation","reason":"so","changes":{"note":"22"}}"#
    ),
    (.citationWithdrawn(5, reason: "so"), #"{"ref":"n5","reason":"so"}"#),
  ]

  private static let annotations: [(event: Event, data: String)] = [
    (
      .annotationAdded(
        3,
        AnnotationContent(
          target: "gouzenko/c12", text: "A slip.", motivation: .questioning, tags: ["slip", "page"]),
        mark),
      #"{"ref":"a3","target":"gouzenko/c12","text":"A slip.","motivation":"questioning","#
        + #""tags":["slip","page"],"import":{"id":"birth-date","digest":"00ff"}}"#
    ),
    (
      .annotationAdded(
        3, AnnotationContent(target: "gouzenko", text: "A slip.", motivation: nil, tags: []), nil),
      #"{"ref":"a3","target":"gouzenko","text":"A slip.","tags":[]}"#
    ),
    (
      .annotationRevised(3, .revision(nil, reason: nil, changes: ["text": "No slip."])),
      #"{"ref":"a3","changes":{"text":"No slip."}}"#
    ),
    (.annotationWithdrawn(3, reason: "so"), #"{"ref":"a3","reason":"so"}"#),
  ]
}

// MARK: Contents

extension Revision {
  /// A revision for the reason "so".
  static func revision(
    _ kind: CorrectionKind? = nil, reason: String? = "so", changes: JSONObject,
    mark: ImportMark? = nil
  ) -> Revision {
    Revision(kind: kind, reason: reason, changes: changes, mark: mark)
  }
}

extension ClaimContent {
  /// A claim with every field filled.
  static func full(attribution: Attribution) -> ClaimContent {
    ClaimContent(
      predicate: "recall.ordered", assertion: .value(.term("ordered")), isNegative: true,
      hedge: "apparently", asWritten: "was ordered back", attribution: attribution,
      qualifiers: ["witness": .caseFile("barmine"), "date": .date("1944-09")], source: "fbi-1955",
      locator: "p. 41", quote: "the order")
  }

  /// A claim with nothing but what it must have.
  static func bare(_ assertion: Assertion) -> ClaimContent {
    ClaimContent(
      predicate: "x", assertion: assertion, isNegative: false, hedge: nil, asWritten: nil,
      attribution: .asserted, qualifiers: [:], source: "fbi-1955", locator: "p. 1", quote: nil)
  }
}

extension TabulationContent {
  /// A tabulation with every field filled.
  static let full = TabulationContent(
    id: "fourteen", source: "fbi-1955", locator: "II, p. 4", statement: "In our words.",
    quote: "fourteen of them", count: 14, bound: .exactly, population: .group("fbi-twenty"),
    namedYes: ["gouzenko"], namedNo: ["barmine"], criterion: "fear = yes")

  /// A tabulation of those that another one counts, with nothing but what it must have.
  static let sparse = TabulationContent(
    id: "most", source: "fbi-1955", locator: "II, p. 4", statement: "In our words.", quote: nil,
    count: nil, bound: .majority, population: .tabulation("fourteen"), namedYes: [], namedNo: [],
    criterion: "fear = yes")
}
