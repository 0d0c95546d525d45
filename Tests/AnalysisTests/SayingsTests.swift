@testable import Analysis
@testable import Casebook
import EDTF
import Testing

@Suite("What two sources assert") struct SayingsTests {
  private static func predicate(
    _ type: ValueType, _ cardinality: Predicate.Cardinality,
    comparison: Predicate.Comparison? = nil, qualifiers: [Predicate.Qualifier] = []
  ) -> Predicate {
    Predicate(
      id: "said", label: "Said", type: type, cardinality: cardinality, qualifiers: qualifiers,
      comparison: comparison, scope: "What counts.")
  }

  private static let values: [(type: ValueType, values: [Value])] = [
    (.text, [.text("Major"), .text("major"), .text("captain")]),
    (.name, [.name("Petr S. Derjabin"), .name("Deryabin"), .name("Gouzenko")]),
    (.place, [.place("Washington, D. C."), .place("washington"), .place("Kiev")]),
    (.number, [.number("170"), .number("170.0"), .number("9")]),
    (.boolean, [.boolean(true), .boolean(false)]),
  ]

  private static let dates = ["1937", "1937-07", "1937-01/1937-12", "1938"].map { text in
    (try? EDTF(text)).map(Value.date)
  }.compactMap { $0 }

  private static func contents(_ values: [Value], _ qualified: [[String: Value]])
    -> [ClaimContent]
  {
    let assertions = values.map(Assertion.value) + [.someValue, .noValue, .unknown]
    return assertions.flatMap { assertion in
      (assertion.state == .unknown ? [false] : [false, true]).flatMap { isNegative in
        qualified.map { qualifiers in
          ClaimContent(
            predicate: "said", assertion: assertion, isNegative: isNegative, hedge: nil,
            asWritten: nil, attribution: .asserted, qualifiers: qualifiers, source: "book",
            locator: "p. 1", quote: nil)
        }
      }
    }
  }

  private static let cases: [(Predicate, [ClaimContent])] = {
    let all = values + [(.date, dates)]
    let plain = all.flatMap { type, values in
      Predicate.Cardinality.allCases.map { (predicate(type, $0), contents(values, [[:]])) }
    }
    let stages: [Predicate.Qualifier] = [
      .init(id: "stage", type: .term, terms: ["gone"]), .init(id: "from", type: .date),
    ]
    let qualified = Predicate.Cardinality.allCases.map { cardinality in
      (
        predicate(.text, cardinality, qualifiers: stages),
        contents(
          [.text("major"), .text("captain")],
          [[:], ["stage": .term("gone")], ["stage": .term("said"), "from": dates[0]]])
      )
    }
    return plain + qualified
  }()

  @Test("stands to each other as any two of their claims do", arguments: cases.indices)
  func pairs(_ index: Int) {
    let (predicate, contents) = Self.cases[index]
    let lists =
      contents.map { [$0] }
      + contents.indices.flatMap { left in
        contents[(left + 1)...].map { [contents[left], $0] }
      }
    for left in lists {
      let sayings = Sayings(left, predicate)
      #expect(
        sayings.isContradiction == Reference(predicate).contradictsItself(left), "\(left)")
      for right in lists {
        let relation = sayings.relation(to: Sayings(right, predicate))
        guard relation != Reference(predicate).relation(left, right) else { continue }
        Issue.record(
          "\(predicate.type) \(predicate.cardinality): \(left) and \(right): \(relation)")
      }
    }
  }
}

/// How sources stand to each other as the rules are told: every claim of one beside every claim of the other.
private struct Reference {
  let predicate: Predicate

  init(_ predicate: Predicate) { self.predicate = predicate }

  func relation(_ left: [ClaimContent], _ right: [ClaimContent]) -> ValueRelation {
    let rows = left.map { one in right.map { relation(one, $0) } }
    guard predicate.cardinality == .many else {
      return rows.joined().compactMap(\.self).max() ?? .compatible
    }
    if left.contains(where: { one in right.contains { excludes(one, $0) } }) { return .different }
    let holdsRight = right.indices.allSatisfy { index in rows.contains { $0[index] == .same } }
    let holdsLeft = rows.allSatisfy { $0.contains(.same) }
    return holdsLeft && holdsRight ? .same : .compatible
  }

  func contradictsItself(_ claims: [ClaimContent]) -> Bool {
    guard predicate.cardinality == .one else {
      return claims.contains { one in claims.contains { excludes(one, $0) } }
    }
    let meanings = claims.map { Meaning(Meaning.Words($0), predicate) }
    return meanings.indices.contains { left in
      meanings.indices.dropFirst(left + 1).contains { right in
        meanings[left].relation(to: meanings[right], predicate) == .different
          && !meanings[left].isAccountedFor(
            beside: meanings[right], among: meanings, predicate)
      }
    }
  }

  private func relation(_ left: ClaimContent, _ right: ClaimContent) -> ValueRelation? {
    Meaning(Meaning.Words(left), predicate)
      .relation(to: Meaning(Meaning.Words(right), predicate), predicate)
  }

  private func excludes(_ one: ClaimContent, _ other: ClaimContent) -> Bool {
    guard relation(one, other) == .different else { return false }
    guard one.assertion.state == .value, other.assertion.state == .value else {
      return !predicate.qualifiers.contains { $0.type == .date }
    }
    return one.isNegative != other.isNegative || one.assertion.value?.type == .boolean
  }
}
