import Casebook
import StrictJSON
import Testing

@Suite("Drafts of claims and their edits") struct ClaimDraftTests {
  /// Drafts that differ in every way in which two can.
  static let drafts: [ClaimDraft] = {
    var drafts: [ClaimDraft] = []
    for state in Assertion.State.allCases {
      drafts.append(.fbi("birth.date", state == .value ? "1919" : nil) { $0.state = state })
    }
    for (stance, who) in [
      (.reports, "orlov"), (.reports, nil), (.doubts, "other sources"), (.denies, "memoir"),
    ] as [(Attribution.Stance, String?)] {
      drafts.append(
        .fbi("fear", "yes") {
          $0.stance = stance
          $0.saidBy = who
        })
    }
    drafts.append(.fbi("alias", "Orl\u{E9}v") { $0.isNegative = true })
    drafts.append(.fbi("alias", "Orle\u{301}v") { $0.hedge = "apparently" })
    drafts.append(
      .fbi("recall.ordered", "ordered") {
        $0.qualifiers = ["date": "1944-09", "outcome": "evaded", "note": "caf\u{E9}"]
        $0.asWritten = "was ordered back"
      })
    drafts.append(
      .fbi("recall.ordered", "summoned") {
        $0.qualifiers = ["date": "1944", "note": "cafe\u{301}"]
        $0.locator = "p. 42"
        $0.quote = "so"
      })
    return drafts
  }()

  @Test("the draft of what a draft gave is that draft", arguments: drafts)
  func roundTrip(_ draft: ClaimDraft) throws {
    let claim = try #require(
      given(RecordClaim("gouzenko", draft)).state.cases["gouzenko"]?.claims[1])
    #expect(ClaimDraft(claim.content).json == draft.json)
  }

  @Test("the edit from one draft to another makes the one the other", arguments: drafts, drafts)
  func edits(_ old: ClaimDraft, _ new: ClaimDraft) throws {
    let edit = ClaimEdit(from: old, to: new)
    #expect(edit.isEmpty == (old.json == new.json))
    let given = try given(RecordClaim("gouzenko", old))
    let command = CorrectClaim("gouzenko/c1", edit, kind: .transcription, reason: "misread")
    if edit.isEmpty {
      given.when(command).refused(.nothingChanged, "gouzenko/c1 already says that", "Name a field")
    } else {
      let content = try given.and(command).state.cases["gouzenko"]?.claims[1]?.content
      #expect(content.map { ClaimDraft($0).json } == new.json)
    }
  }

  @Test("a contradiction in a draft is not smoothed over by an edit")
  func contradictions() throws {
    let given = try given(RecordClaim("gouzenko", .birth))
    let both = ClaimDraft.fbi("birth.date", "1919-01-13") { $0.state = .unknown }
    let edit = ClaimEdit(from: .birth, to: both)
    given.when(CorrectClaim("gouzenko/c1", edit, kind: .interpretation, reason: "so")).refused(
      .badValue, "birth.date has both a value and the state unknown", "Give one of them.")
  }

  @Test("a draft has one canonical form")
  func canonical() {
    let draft = ClaimDraft.fbi("recall.ordered", "ordered") {
      $0.qualifiers = ["outcome": "evaded", "date": "1944"]
    }
    #expect(
      draft.json.text
        == #"{"predicate":"recall.ordered","state":"value","value":"ordered","stance":"asserts","#
        + #""qualifiers":{"date":"1944","outcome":"evaded"},"source":"fbi-1955","#
        + #""locator":"p. 41"}"#)
    #expect(
      ClaimEdit(fields: [.value: "1919", .hedge: nil], qualifiers: ["date": nil]).json.text
        == #"{"fields":{"hedge":null,"value":"1919"},"qualifiers":{"date":null}}"#)
  }
}
