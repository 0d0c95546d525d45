import Casebook
import Testing

@Suite("Two names") struct NameKeyTests {
  private func expect(
    _ left: String, _ right: String, _ expected: NameKey.Relation, of kind: NameKey.Kind = .person
  ) {
    let keys = (NameKey(left, of: kind), NameKey(right, of: kind))
    #expect(keys.0.relation(to: keys.1) == expected)
    #expect(keys.1.relation(to: keys.0) == expected)
    if expected == .same { #expect(!keys.0.readings.isDisjoint(with: keys.1.readings)) }
  }

  @Test(
    "are one in two spellings",
    arguments: [
      ("Walter Krivitsky", "Krivitsky, Walter"), ("Petrov, Vladimir M.", "Vladimir M. Petrov"),
      ("GOUZENKO, Igor S.", "Igor S. Gouzenko"), ("Derâbin", "Дерябин"), ("Derâbin", "Deryabin"),
      ("Cvetkov", "Цветков"), ("Cvetkov", "Tsvetkov"), ("Elʹcin", "Ельцин"), ("Elʹcin", "Yeltsin"),
      ("Xoxlov", "Хохлов"), ("Xoxlov", "Khokhlov"), ("Scherbakov", "Щербаков"),
      ("Scherbakov", "Shcherbakov"), ("Deriabine", "Дерябин"), ("Deriabine", "Deryabin"),
      ("Joukov", "Жуков"), ("Joukov", "Zhukov"), ("Trockij", "Троцкий"), ("Trockij", "Trotsky"),
      ("Krywicki", "Кривицкий"), ("Krywicki", "Krivitsky"), ("Pod”yapol’skiy", "Подъяпольский"),
      ("Pod\"yapol'skiy", "Podyapolsky"), ("Дмитрій", "Дмитрий"), ("Алексѣй", "Алексей"),
      ("Юлія", "Yuliia"), ("Müller", "Mueller"), ("Müller", "Muller"), ("Strauß", "Strauss"),
      ("Yıldız", "Yildiz"), ("Mac Donald", "MacDonald"), ("O'Brien", "O’Brien"),
      ("O'Brien", "OBrien"), ("Ju. Nosenko", "Yu. Nosenko"), ("Yuri", "Yurii"), ("Yury", "Jurij"),
      ("Iurii", "Юрий"), ("Alexeev", "Alekseyev"), ("Smirnoff", "Smirnov"),
      ("Gouzenko", "Guzenko"), ("Tchaikovsky", "Čajkovskij"), ("Rastvorov", "Rastworow"),
      ("Bessedovsky", "BESEDOVSKIY"), ("Łódź", "Lodz"), ("Solov'ev", "Solovyev"),
      ("Alexander Orlov", "Aleksandr Orlov"), ("Khrushchev", "Хрущёв"), ("Pyotr", "Petr"),
    ])
  func same(_ left: String, _ right: String) { expect(left, right, .same) }

  @Test(
    "may be one: a word is shortened or missing, or stands elsewhere",
    arguments: [
      ("J. Smith", "John Smith"), ("J. Smith", "James Smith"), ("J. S.", "John Smith"),
      ("C.", "Charles"),
      ("P.", "Philip"), ("Yu.", "Yuri"), ("Ю. Петров", "Юрий Петров"), ("Wm.", "William"),
      ("Chas. Brown", "Charles Brown"), ("Yu. Nosenko", "Юрий Носенко"),
      ("Петров Владимир Михайлович", "Владимир Михайлович Петров"),
      ("Petrov Vladimir", "Владимир Михайлович Петров"), ("Petr S. Derjabin", "Deryabin"),
      ("Igor S. Gouzenko", "Igor Gouzenko"), ("Igor Gouzenko", "I. Gouzenko"),
    ])
  func compatible(_ left: String, _ right: String) { expect(left, right, .compatible) }

  @Test(
    "are two",
    arguments: [
      ("Juan", "Yuan"), ("Shaw", "Schaw"), ("Hall", "Khall"), ("James Smith", "John Smith"),
      ("J. Smith", "J. Jones"), ("Wm. Smith", "Walter Smith"), ("Petrov", "Petrova"),
      ("Igor Gouzenko", "Ivan Gouzenko"), ("Харин", "Гарин"), ("Orlov", "Krivitsky"),
      ("S. J.", "John Smith"),
    ])
  func different(_ left: String, _ right: String) { expect(left, right, .different) }

  @Test("of places: what follows a comma is where it lies")
  func places() {
    expect("Ekaterinburg", "Yekaterinburg", .same, of: .place)
    expect("Smolensk", "Смоленск", .same, of: .place)
    expect("Washington, D. C.", "washington d.c.", .same, of: .place)
    expect("Kraków", "Krakow", .same, of: .place)
    expect("Kiev", "Kiev, Ukraine", .compatible, of: .place)
    expect("Kiev", "Moscow", .different, of: .place)
    expect("York, Maine", "Maine, York", .different, of: .place)
  }
}
