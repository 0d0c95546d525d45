/// A payload of every type of event with all its fields, each of the right kind.
enum Payloads {
  private static let mark = #""import":{"id":"birth-date","digest":"00ff"}"#
  private static let revision =
    #""kind":"transcription","reason":"so","changes":{"quote":null},\#(mark)"#

  static let all: [String: String] = [
    "casebook.created": #"{"slug":"notes","title":"Notes","description":"About them"}"#,
    "casebook.granted": #"{"role":"ben","access":"read"}"#,
    "casebook.revoked": #"{"role":"ben"}"#,
    "predicate.defined": #"""
    {"id":"x","label":"X","type":"text","cardinality":"one","qualifiers":[{"id":"from","type":"date"}],"terms":[],"comparison":"text","scope":"What counts.",\#(mark)}
    """#,
    "predicate.revised": #"{"id":"x",\#(revision)}"#,
    "tabulation.stated": #"""
    {"id":"fourteen","source":"fbi","locator":"p. 4","statement":"So many.","quote":"fourteen","stated":{"count":14,"bound":"exactly"},"population":{"group":"twenty"},"named":{"yes":["gouzenko"]},"criterion":"x = yes",\#(mark)}
    """#,
    "tabulation.corrected": #"{"id":"fourteen",\#(revision)}"#,
    "tabulation.withdrawn": #"{"id":"fourteen","reason":"so"}"#,
    "event.voided": #"{"position":2,"reason":"so"}"#,
    "source.registered": #"""
    {"slug":"fbi","title":"A study","issued":"1955","issuedTo":"Bureau use only","csl":{"type":"report","number":[1.5e3]},\#(mark)}
    """#,
    "source.amended": #"{\#(revision)}"#,
    "source.copy-registered": #"{"id":"scan","kind":"scan","description":"Of 1999.",\#(mark)}"#,
    "source.text-attached": #"""
    {"sha256":"0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f","bytes":859,"passages":68,"firstPage":"i","copy":"scan"}
    """#,
    "source.derived": #"{"from":"memoir","grounds":"It says so.","locator":"p. 1",\#(mark)}"#,
    "source.graded": #"{"grade":"B","grounds":"so"}"#,
    "case.opened": #"{"slug":"gouzenko","kind":"person","name":"Gouzenko",\#(mark)}"#,
    "case.renamed": #"{"name":"Igor Gouzenko","reason":"so",\#(mark)}"#,
    "case.closed": #"{"reason":"so"}"#,
    "case.reopened": #"{"reason":"so"}"#,
    "identity.judged": #"{"other":"orlov","judgement":"different","grounds":"so",\#(mark)}"#,
    "claim.recorded": #"""
    {"ref":"c1","predicate":"x","state":"value","value":{"text":"cipher clerk"},"polarity":"positive","hedge":"perhaps","asWritten":"a clerk","attribution":{"stance":"asserts"},"qualifiers":{"from":{"date":"1943"}},"source":"fbi","locator":"p. 1","quote":"the clerk",\#(mark)}
    """#,
    "claim.corrected": #"{"ref":"c1",\#(revision)}"#,
    "claim.withdrawn": #"{"ref":"c1","reason":"so"}"#,
    "claim.reinstated": #"{"ref":"c1","reason":"so"}"#,
    "claim.disputed":
      #"{"ref":"d1","claim":"c1","grounds":"so","counter":"orlov/c2",\#(mark)}"#,
    "dispute.resolved": #"{"ref":"d1","resolution":"so"}"#,
    "conclusion.drawn": #"""
    {"ref":"k1","predicate":"x","state":"value","value":{"text":"clerk"},"polarity":"positive","qualifiers":{},"on":["gouzenko/c1"],"basis":"so","likelihood":"likely","confidence":"high",\#(mark)}
    """#,
    "conclusion.revised": #"{"ref":"k1",\#(revision)}"#,
    "conclusion.withdrawn": #"{"ref":"k1","reason":"so"}"#,
    "citation.added":
      #"{"ref":"n1","target":"c1","work":"memoir","locator":"p. 2","note":"21","as":"see",\#(mark)}"#,
    "citation.corrected": #"{"ref":"n1",\#(revision)}"#,
    "citation.withdrawn": #"{"ref":"n1","reason":"so"}"#,
    "annotation.added":
      #"{"ref":"a1","target":"gouzenko/c1","text":"A slip.","motivation":"questioning","tags":["slip"],\#(mark)}"#,
    "annotation.revised": #"{"ref":"a1",\#(revision)}"#,
    "annotation.withdrawn": #"{"ref":"a1","reason":"so"}"#,
  ]

  /// A claim with nothing but what it must have.
  static func claim(_ number: Int = 1) -> String {
    #"{"ref":"c\#(number)","predicate":"x","state":"unknown","polarity":"positive","#
      + #""attribution":{"stance":"asserts"},"qualifiers":{},"source":"fbi","locator":"p. 1"}"#
  }
}
