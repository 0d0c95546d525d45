import Casebook
import EDTF
import StrictJSON
import Testing

@Suite("Payloads of events") struct EventPayloadTests {
  @Test("every kind of event has its golden text")
  func complete() {
    #expect(Set(EventPayloads.all.map(\.event.type)) == Set(EventType.allCases))
    #expect(EventType.allCases.allSatisfy { $0.schemaVersion == 1 })
  }

  @Test("an event is written exactly so, keys in this order", arguments: EventPayloads.all)
  func golden(_ event: Event, _ data: String) {
    #expect(event.data.text == data)
  }

  @Test("what was written is read as the same event", arguments: EventPayloads.all)
  func roundTrip(_ event: Event, _ data: String) throws {
    let copy = try Event(event.type, data: JSON(parsing: data))
    #expect(copy == event)
    #expect(copy.data.text == data)
  }

  @Test("a field that nobody knows is refused by name", arguments: EventPayloads.all)
  func unknownField(_ event: Event, _ data: String) throws {
    var object = try #require(try JSON(parsing: data).objectValue)
    object["author"] = "somebody else"
    let error = try #require(throws: JSONError.self) {
      try Event(event.type, data: .object(object))
    }
    #expect(error.path == "author")
  }

  @Test("a field that an event needs is missed by name", arguments: EventPayloads.all)
  func missingField(_ event: Event, _ data: String) throws {
    let optional: Set = [
      "import", "description", "issued", "issuedTo", "csl", "locator", "name", "reason", "hedge",
      "asWritten", "quote", "counter", "note", "motivation", "kind", "named", "qualifiers", "terms",
      "likelihood", "confidence", "firstPage", "copy",
    ]
    let object = try #require(try JSON(parsing: data).objectValue)
    for key in object.keys where !optional.contains(key) {
      var rest = object
      rest[key] = nil
      let error = try #require(throws: JSONError.self, "\(key)") {
        try Event(event.type, data: .object(rest))
      }
      #expect(error.path == key)
    }
  }

  @Test(
    "each type of value has its own form",
    arguments: [
      (Value.text("a"), #"{"text":"a"}"#), (.date("1927~"), #"{"date":"1927~"}"#),
      (.date("1870-04-10 O.S."), #"{"date":"1870-04-10","calendar":"julian"}"#),
      (.date("1900-02-29 O.S."), #"{"date":"1900-02-29","calendar":"julian"}"#),
      (.place("Kiev"), #"{"place":"Kiev"}"#), (.name("Petrov"), #"{"name":"Petrov"}"#),
      (.term("ordered"), #"{"term":"ordered"}"#), (.number("2.50"), #"{"number":"2.50"}"#),
      (.boolean(true), #"{"boolean":true}"#), (.boolean(false), #"{"boolean":false}"#),
      (.caseFile("orlov"), #"{"case":"orlov"}"#), (.work("memoir"), #"{"work":"memoir"}"#),
    ])
  func values(_ value: Value, _ form: String) throws {
    let event = Event.claimRecorded(1, .bare(.value(value)), nil)
    #expect(event.data["value"]?.text == form)
    #expect(try Event(.claimRecorded, data: event.data) == event)
  }

  @Test(
    "a value of no known form is refused",
    arguments: [
      #"{}"#, #"{"text":"a","date":"1927"}"#, #"{"colour":"red"}"#, #"{"text":1}"#,
      #"{"boolean":"yes"}"#, #"{"date":"early 1928"}"#, #"{"date":"1870-04-10 O.S."}"#,
      #"{"date":"1870-04-31","calendar":"julian"}"#, #"{"date":"1870","calendar":"lunar"}"#,
      #"{"date":"1870","calendar":"gregorian"}"#, #"{"text":"a","calendar":"julian"}"#,
      #"{"calendar":"julian"}"#, #"{"date":"1870","calendar":"julian","text":"a"}"#,
      #"{"date":"1900-02-29"}"#, #"{"case":"Not A Slug"}"#, #""text""#,
    ])
  func badValues(_ form: String) throws {
    var object = try #require(EventPayloads.claims12.objectValue)
    object["value"] = try JSON(parsing: form)
    let error = try #require(throws: JSONError.self) {
      try Event(.claimRecorded, data: .object(object))
    }
    #expect(error.path.hasPrefix("value"))
  }

  @Test(
    "whom a source credits has its own form",
    arguments: [
      (Credit.caseFile("orlov"), #"{"stance":"doubts","saidBy":{"case":"orlov"}}"#),
      (.source("memoir"), #"{"stance":"doubts","saidBy":{"source":"memoir"}}"#),
      (.words("other sources"), #"{"stance":"doubts","saidBy":{"words":"other sources"}}"#),
    ])
  func credits(_ credit: Credit, _ form: String) throws {
    let content = ClaimContent.full(attribution: Attribution(stance: .doubts, saidBy: credit))
    let event = Event.claimRecorded(1, content, nil)
    #expect(event.data["attribution"]?.text == form)
    #expect(try Event(.claimRecorded, data: event.data) == event)
  }

  @Test("a composed and a decomposed accent are kept apart")
  func accents() throws {
    for text in ["Orl\u{E9}v", "Orle\u{301}v"] {
      let event = Event.caseRenamed(name: text, reason: nil, nil)
      let copy = try Event(.caseRenamed, data: JSON(parsing: event.data.text))
      guard case .caseRenamed(let name, _, _) = copy else {
        Issue.record("read as \(copy)")
        return
      }
      #expect(Array(name.utf8) == Array(text.utf8))
    }
  }
}

extension EventPayloads {
  /// The payload of a claim with every field filled.
  fileprivate static var claims12: JSON { Event.claimRecorded(12, claim, nil).data }
}
