import Casebook
import StrictJSON
import Testing

@Suite("The vocabulary") struct VocabularyTests {
  private let recall = World.vocabulary[World.vocabulary.count - 1]

  private func changed(_ change: (inout Predicate) -> Void) -> Predicate {
    var predicate = recall
    change(&predicate)
    return predicate
  }

  @Test("a predicate is defined once, in the order of definition")
  func defined() throws {
    let penalty = World.predicate("penalty", .text)
    try given().when(DefinePredicate(penalty)).then(
      .predicateDefined(penalty, nil), on: World.casebook, as: "defectors")
    try given().when(DefinePredicate(recall)).refused(
      .alreadyExists, "there is already a predicate \"recall.ordered\"", "choose another id")
    let register = try #require(try given(DefinePredicate(penalty)).state.register)
    #expect(register.rank(of: "penalty") == World.vocabulary.count)
    #expect(register.rank(of: "nothing") > World.vocabulary.count)
    Given().when(DefinePredicate(penalty)).refused(
      .unknownEvent, "the casebook has no first event", "dossier casebook create SLUG")
  }

  @Test("the usual comparison follows from the type")
  func comparisons() {
    for (type, comparison) in [
      (.date, .dates), (.name, .names), (.text, .text), (.place, .text), (.term, .exact),
      (.number, .exact), (.boolean, .exact), (.caseFile, .exact), (.work, .exact),
    ] as [(ValueType, Predicate.Comparison)] {
      #expect(World.predicate("x", type).comparison == comparison)
    }
  }

  @Test("its parts fit together")
  func checked() throws {
    let cases: [(Predicate, Refusal.Rule, String, String)] = [
      (changed { $0.id = "Penalty" }, .badSlug, "\"Penalty\" is not a valid short name", "penalty"),
      (changed { $0.id = "a..b" }, .badSlug, "\"\" is not a valid short name", "lower-case"),
      (
        changed {
          $0.id = "x"; $0.label = ""
        }, .missingText, "the label of x is missing", "call"
      ),
      (
        changed {
          $0.id = "x"; $0.scope = " "
        }, .missingText, "the scope note of x is missing",
        "what counts"
      ),
      (
        changed {
          $0.id = "x"; $0.type = .text
        }, .badField,
        "x lists terms but its values are of type text", "Only predicates of type term"
      ),
      (
        changed {
          $0.id = "x"; $0.terms = []
        }, .badField, "x is of type term and lists none",
        "List them."
      ),
      (
        changed {
          $0.id = "x"; $0.comparison = .dates
        }, .badField,
        "x compares dates but its values are of type term", "Only predicates of type date"
      ),
      (
        changed {
          $0.id = "x"; $0.terms += [.init(id: "ordered")]
        }, .badField,
        "x: the term ordered appears twice", "Remove one."
      ),
      (
        changed {
          $0.id = "x"; $0.terms += [.init(id: "Not this")]
        }, .badSlug,
        "\"Not this\" is not a valid short name", "not-this"
      ),
      (
        changed {
          $0.id = "x"; $0.terms += [.init(id: "a", label: "\u{0}")]
        }, .badField,
        "the label of the term a contains a NUL character", "Remove it."
      ),
      (
        changed {
          $0.id = "x"; $0.qualifiers += [.init(id: "date", type: .text)]
        }, .badField,
        "x: the qualifier date appears twice", "Remove one."
      ),
      (
        changed {
          $0.id = "x"; $0.qualifiers = [.init(id: "a", type: .text, terms: ["b"])]
        },
        .badField, "x: the qualifier a lists terms but is not of type term", "Make it a term"
      ),
      (
        changed {
          $0.id = "x"; $0.qualifiers = [.init(id: "a", type: .term, terms: ["b", "b"])]
        },
        .badField, "x, a: the term b appears twice", "Remove one."
      ),
    ]
    for (predicate, rule, message, remedy) in cases {
      try given().when(DefinePredicate(predicate)).refused(rule, message, remedy)
    }
  }

  @Test("a revision says why and changes something")
  func revised() throws {
    try given().when(RevisePredicate(changed { $0.scope = "Wider." }, reason: "so")).then(
      .predicateRevised(id: "recall.ordered", .revision(changes: ["scope": "Wider."])),
      on: World.casebook, as: "defectors")
    try given().when(RevisePredicate(changed { $0.scope = "Wider." }, reason: nil)).refused(
      .missingReason, "the reason is missing", "-m REASON")
    try given().when(RevisePredicate(recall, reason: "so")).refused(
      .nothingChanged, "recall.ordered already says that", "Nothing needs to be done.")
    try given().when(RevisePredicate(changed { $0.id = "recall.order" }, reason: "so")).refused(
      .unknownPredicate, "there is no predicate \"recall.order\"",
      "Did you mean \"recall.ordered\"?")
    try given().when(RevisePredicate(changed { $0.label = "" }, reason: "so")).refused(
      .missingText, "the label of recall.ordered is missing", "what people call it")
  }

  @Test("the type of a predicate or of a qualifier never changes")
  func types() throws {
    let text = changed {
      $0.type = .text
      $0.terms = []
    }
    try given().when(RevisePredicate(text, reason: "so")).refused(
      .predicateTypeFixed, "recall.ordered is of type term and cannot become text",
      "Define a new predicate")
    let note = changed { $0.qualifiers[0].type = .text }
    try given().when(RevisePredicate(note, reason: "so")).refused(
      .predicateTypeFixed, "recall.ordered, date is of type date and cannot become text",
      "Add a new qualifier")
    let fewer = changed { $0.qualifiers.removeFirst() }
    #expect(try given(RevisePredicate(fewer, reason: "so")).facts.count > 0)
  }
}
