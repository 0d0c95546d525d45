import Casebook
import Testing

@Suite("A place is found in locators")
struct LocatorTests {
  @Test(arguments: [
    ("p. 41", "sketch, p. 41"), ("41", "p. 41"), ("p. 5", "II, p. [5]"), ("p. [5]", "II, p. [5]"),
    ("p. [5]", "II, pp. 4–[5]"), ("p. 4", "II, pp. 4–[5]"), ("p. 6", "II, pp. [5–6]"),
    ("II, p. 5", "II, pp. [5-6]"), ("pp. 5–6", "p. 6"), ("p. ii", "preface, pp. i–[ii]"),
    ("p. 217", "pp. 132, 216–34, 347"), ("p. 347", "pp. 132, 216–234, 347–351"),
    ("p. 67", "sources, p. 67, note 7"), ("note 7", "sources, p. 67, note 7"),
    ("ch. 5 summary ¶ 2", "ch. 5 summary ¶ 2"), ("¶ 2", "ch. 5 summary ¶ 2"),
    ("p. 26", "preface, p. i; appendix, p. 26"), ("iv", "summary, p. [iv]"),
    ("p. 41", "page 41"), ("p. 41", "P. 41"), ("p. 41", "pg. 41"), ("p. 41", "41"),
    ("p. 41", "p41"),
    ("p. 42", "pp 41-43"), ("p. 41", "S. 41"), ("p. 43", "41, 43"), ("p. 41", "p.41"),
    ("p. 42", "pp. 41--43"), ("p. 42", "pp. 41 - 43"), ("p. 42", "pp. 41—43"),
    ("p. 42", "pp. 41-3"),
    ("p. 42", "pages 40 to 42"), ("p. 41", "S. 40 bis 42"), ("p. 325", "321–28"),
    ("p. 42", "p. 41f."), ("p. 42", "S. 41 f."), ("p. 42", "pp. 41ff."), ("p. 44", "S. 41 ff."),
    ("p. 43", "pp. 41 and 43"), ("p. 43", "S. 41 und 43"), ("p. 43", "с. 41 и 43"),
    ("p. 43", "pp. 41, 42, & 43"), ("p. 44", "pp. 41, 43-45"), ("p. 42", "p. 41/42"),
    ("p. 2", "pp. xii–3"), ("p. xiii", "pp. xii–3"), ("p. v", "iv–vi"), ("p. XII", "p. xii"),
    ("p. 10", "p. x, 10"), ("p. 42", "[41]–[43]"), ("p. 42", "[41–43]"), ("p. 41", "p. 41a"),
    ("p. 41", "41n3"), ("note 3", "41n3"), ("p. 41", "41, n. 3"), ("p. 41", "41, l. 7"),
    ("p. 42", "vol. 2, p. 42"), ("vol. 2", "Bd. 2, S. 42"), ("p. 42", "t. II, p. 42"),
    ("p. 41", "с. 41"), ("p. 41", "стр. 41–43"), ("p. A41", "p. A41"), ("col. 3", "cols. 2-4"),
    ("f. 12v", "fol. 12v"), ("f. 12", "л. 12 об."), ("f. 12v", "л. 12об"), ("Bl. 12", "f. 12r"),
    ("f. 13", "ff. 12-14"), ("ch. 5", "chapter 5 ¶ 2"), ("chapter 5 ¶ 2", "ch. 5 ¶ 2"),
    ("ch. 5", "Kap. 5"), ("§ 3", "§§ 2–4"),
  ])
  func found(_ place: String, _ locator: String) {
    #expect(Locator(place).isNamed(by: Locator(locator)))
  }

  @Test(arguments: [
    ("p. 4", "p. 41"), ("p. 4", "pp. 40–41"), ("p. 7", "II, pp. [5–6]"), ("II, p. 5", "III, p. 5"),
    ("p. 1", "preface, p. i"), ("p. i", "p. 1"), ("7", "sources, p. 67, note 7"),
    ("¶ 1", "ch. 5 summary ¶ 12"), ("p. 5", "ch. 5 summary ¶ 5"), ("p. 5", "app. 5"),
    ("p. 55", "page 41"), ("p. 55", "pp. 41ff."), ("p. 43", "p. 41f."), ("p. 41", "p. A41"),
    ("ch. 6", "ch. 5"), ("ch. 6 ¶ 1", "ch. 5, ¶ 1"), ("f. 12r", "f. 12v"), ("p. 3", "41n3"),
    ("p. 3", "p. 41, n. 3"), ("p. 2", "vol. 2, p. 42"), ("p. 12", "l. 12"), ("p. 5", "mix 5"),
  ])
  func notFound(_ place: String, _ locator: String) {
    #expect(!Locator(place).isNamed(by: Locator(locator)))
  }
}
