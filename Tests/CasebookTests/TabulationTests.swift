import Casebook
import StrictJSON
import Testing

@Suite("Tabulations") struct TabulationTests {
  private func changed(
    _ content: TabulationContent = .full, _ change: (inout TabulationContent) -> Void
  ) -> TabulationContent {
    var content = content
    change(&content)
    return content
  }

  private func correct(
    reason: String? = "misread", _ change: (inout TabulationContent) -> Void
  ) -> CorrectTabulation {
    CorrectTabulation(changed(.full, change), kind: .transcription, reason: reason)
  }

  private let withdraw = WithdrawTabulation("fourteen", reason: "why")

  @Test("a count is stated in the voice of its source")
  func stated() throws {
    try given().when(StateTabulation(.full)).then(
      .tabulationStated(.full, nil), on: World.casebook, voice: "fbi-1955",
      as: "tabulation/fourteen")
    try given(StateTabulation(.full)).when(StateTabulation(.sparse)).then(
      .tabulationStated(.sparse, nil), on: World.casebook, voice: "fbi-1955", as: "tabulation/most")
  }

  @Test("everything it names is there and its parts fit")
  func checked() throws {
    let cases: [(TabulationContent, Refusal.Rule, String, String)] = [
      (changed { $0.source = "nothing" }, .unknownSource, "there is no source \"nothing\"", "add"),
      (changed { $0.locator = " " }, .missingLocator, "the locator is missing", "Say where"),
      (changed { $0.statement = "" }, .missingText, "the statement is missing", "in your words"),
      (changed { $0.criterion = "" }, .missingText, "the criterion is missing", "which claims"),
      (changed { $0.count = -1 }, .badValue, "a count of -1 cannot be", "0 or more"),
      (changed { $0.count = nil }, .missingValue, "the bound exactly needs a count", "Give"),
      (
        changed {
          $0.count = nil
          $0.bound = .atLeast
        }, .missingValue, "the bound at-least needs a count", "Give"
      ),
      (
        changed { $0.population = .group("gouzenko") }, .badValue,
        "the population gouzenko is not a group", "kind group"
      ),
      (
        changed { $0.population = .group("nobody") }, .unknownCase,
        "there is no case \"nobody\"", "dossier case list"
      ),
      (
        changed { $0.population = .tabulation("nothing") }, .unknownTabulation,
        "there is no tabulation \"nothing\"", "There are none yet."
      ),
      (
        changed { $0.population = .tabulation("fourteen") }, .cycle,
        "tabulation/fourteen cannot count among its own cases: fourteen → fourteen", "Name a group"
      ),
      (changed { $0.namedYes = ["nobody"] }, .unknownCase, "there is no case \"nobody\"", "case"),
      (changed { $0.namedNo = ["gouzenko"] }, .badValue, "gouzenko is named twice", "in or out"),
      (changed { $0.namedYes += ["gouzenko"] }, .badValue, "gouzenko is named twice", "once"),
      (
        changed { $0.quote = "\u{0}" }, .badField, "the quote contains a NUL character",
        "Remove it."
      ),
    ]
    for (content, rule, message, remedy) in cases {
      try given().when(StateTabulation(content)).refused(rule, message, remedy)
    }
    try given(StateTabulation(.full)).when(StateTabulation(.full)).refused(
      .alreadyExists, "there is already a tabulation \"fourteen\"", "choose another id")
    try given(StateTabulation(.full), withdraw).when(StateTabulation(.full)).refused(
      .alreadyExists, "there is already a tabulation \"fourteen\"", "choose another id")
    try given(StateTabulation(.full), withdraw).when(StateTabulation(.sparse)).refused(
      .alreadyWithdrawn, "tabulation/fourteen is withdrawn", "under another id")
  }

  @Test("a correction stores what changed, in the voice of the source")
  func corrected() throws {
    try given(StateTabulation(.full)).when(
      correct {
        $0.count = 13
        $0.quote = " "
        $0.namedNo = []
      }
    ).then(
      .tabulationCorrected(
        id: "fourteen",
        .revision(
          .transcription, reason: "misread",
          changes: [
            "stated": ["count": 13, "bound": "exactly"],
            "named": ["yes": ["gouzenko"], "no": []], "quote": .null,
          ])), on: World.casebook, voice: "fbi-1955", as: "tabulation/fourteen")
  }

  @Test("it keeps its source, needs a reason and a change, and never runs in a circle")
  func correctionGuards() throws {
    let given = try given(StateTabulation(.full), StateTabulation(.sparse))
    given.when(correct { $0.source = "memoir" }).refused(
      .sourceFixed, "tabulation/fourteen is stated by fbi-1955, for ever", "state it anew")
    given.when(correct(reason: "") { $0.count = 13 }).refused(
      .missingReason, "the reason is missing", "-m REASON")
    given.when(correct { _ in }).refused(
      .nothingChanged, "tabulation/fourteen already says that", "Name a field")
    given.when(correct { $0.id = "forteen" }).refused(
      .unknownTabulation, "there is no tabulation \"forteen\"", "Did you mean \"fourteen\"?")
    given.when(correct { $0.population = .tabulation("most") }).refused(
      .cycle,
      "tabulation/fourteen cannot count among its own cases: fourteen → most → fourteen",
      "does not rest on this one")
    try given.and(withdraw).when(correct { $0.count = 13 }).refused(
      .alreadyWithdrawn, "tabulation/fourteen is withdrawn", "under another id")
  }

  @Test("it is withdrawn once, for a reason")
  func withdrawn() throws {
    let given = try given(StateTabulation(.full))
    try given.when(withdraw).then(
      .tabulationWithdrawn(id: "fourteen", reason: "why"), on: World.casebook, voice: "fbi-1955",
      as: "tabulation/fourteen")
    try given.and(withdraw).when(withdraw).refused(
      .alreadyWithdrawn, "tabulation/fourteen is withdrawn", "under another id")
    given.when(WithdrawTabulation("fourteen", reason: nil)).refused(
      .missingReason, "the reason is missing", "-m REASON")
    given.when(WithdrawTabulation("x", reason: "why")).refused(
      .unknownTabulation, "there is no tabulation \"x\"", "There are: fourteen.")
  }
}
