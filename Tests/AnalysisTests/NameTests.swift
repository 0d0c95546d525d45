import Analysis
import Casebook
import Testing

@Suite("Two spellings of one name") struct NameTests {
  private func relation(_ left: String, _ right: String, of predicate: String) throws -> Relation {
    var study = try Study()
    try study.claim("anna", predicate, left)
    try study.claim("anna", predicate, right) { $0.source = "paper" }
    return try study.comparison(predicate).relation
  }

  @Test(
    "are known for one",
    arguments: [
      ("Deryabin", "Derjabin"), ("Yuri", "Yurii"), ("Yury", "Jurij"), ("Iurii", "Юрий"),
      ("Дерябин", "Deriabin"), ("Alexeev", "Alekseyev"), ("Smirnoff", "Smirnov"),
      ("Gouzenko", "Guzenko"), ("Krivitsky", "Krivitskii"), ("Tchaikovsky", "Čajkovskij"),
      ("Rastvorov", "Rastworow"), ("Koriakov", "Koryakov"), ("Bessedovsky", "BESEDOVSKIY"),
      ("Łódź", "Lodz"), ("Solov'ev", "Solovyev"), ("Alexander Orlov", "Aleksandr Orlov"),
      ("Khrushchev", "Хрущёв"), ("Igor  S. Gouzenko", "Igor S Gouzenko"), ("Pyotr", "Petr"),
      ("Krivitsky, Walter", "Walter Krivitsky"), ("Müller", "Mueller"),
      // With a Cyrillic yo amid Latin letters, as iuliia 0.13 romanises by ALA-LC and others.
      ("P\u{451}tr Solovʹ\u{451}v", "P\u{EB}tr Solovʹ\u{EB}v"), ("P\u{451}tr", "Пётр"),
    ])
  func same(_ left: String, _ right: String) throws {
    #expect(try relation(left, right, of: "name") == .agree)
  }

  @Test(
    "one of which says more are compatible",
    arguments: [
      ("Petr S. Derjabin", "Deryabin"), ("Igor S. Gouzenko", "Igor Gouzenko"),
      ("Igor Gouzenko", "I. Gouzenko"),
    ])
  func compatible(_ left: String, _ right: String) throws {
    #expect(try relation(left, right, of: "name") == .compatible)
    #expect(try relation(right, left, of: "name") == .compatible)
  }

  @Test(
    "of two men are in conflict",
    arguments: [
      ("Petrov", "Petrova"), ("Igor Gouzenko", "Ivan Gouzenko"), ("Orlov", "Krivitsky"),
      ("Deryabin", "Rastvorov"),
    ])
  func different(_ left: String, _ right: String) throws {
    #expect(try relation(left, right, of: "name") == .conflict)
  }

  @Test("too long for one are compared by their words")
  func long() throws {
    let text = String(repeating: "ja ju jo je ji ", count: 2_000)
    for predicate in ["name", "birth.place"] {
      #expect(try relation(text, text, of: predicate) == .agree)
      #expect(try relation(text, text + "a", of: predicate) == .conflict)
    }
  }

  @Test(
    "places by their words",
    arguments: [
      ("Washington, D. C.", "washington d.c.", Relation.agree), ("Kiev", "KIEV", .agree),
      ("Kiev", "Kiev, Ukraine", .compatible), ("Kiev", "Moscow", .conflict),
      ("Kraków", "Krakow", .agree), ("Ekaterinburg", "Yekaterinburg", .agree),
      ("Smolensk", "Смоленск", .agree),
    ])
  func places(_ left: String, _ right: String, _ expected: Relation) throws {
    #expect(try relation(left, right, of: "birth.place") == expected)
  }
}
