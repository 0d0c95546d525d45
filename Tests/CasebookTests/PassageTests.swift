import Casebook
import Testing

@Suite("A passage is found in locators")
struct PassageTests {
  @Test(arguments: [
    ("p. 41", "sketch, p. 41"), ("41", "p. 41"), ("p. 5", "II, p. [5]"), ("p. [5]", "II, p. [5]"),
    ("p. [5]", "II, pp. 4–[5]"), ("p. 4", "II, pp. 4–[5]"), ("p. 6", "II, pp. [5–6]"),
    ("II, p. 5", "II, pp. [5-6]"), ("pp. 5–6", "p. 6"), ("p. ii", "preface, pp. i–[ii]"),
    ("p. 217", "pp. 132, 216–34, 347"), ("p. 347", "pp. 132, 216–234, 347–351"),
    ("p. 67", "sources, p. 67, note 7"), ("note 7", "sources, p. 67, note 7"),
    ("ch. 5 summary ¶ 2", "ch. 5 summary ¶ 2"), ("¶ 2", "ch. 5 summary ¶ 2"),
    ("p. 26", "preface, p. i; appendix, p. 26"), ("iv", "summary, p. [iv]"),
  ])
  func found(_ passage: String, _ locator: String) {
    #expect(Passage(passage).isNamed(by: locator))
  }

  @Test(arguments: [
    ("p. 4", "p. 41"), ("p. 4", "pp. 40–41"), ("p. 7", "II, pp. [5–6]"), ("II, p. 5", "III, p. 5"),
    ("p. 1", "preface, p. i"), ("p. i", "p. 1"), ("7", "sources, p. 67, note 7"),
    ("¶ 1", "ch. 5 summary ¶ 12"), ("p. 5", "ch. 5 summary ¶ 5"), ("p. 5", "app. 5"),
  ])
  func notFound(_ passage: String, _ locator: String) {
    #expect(!Passage(passage).isNamed(by: locator))
  }
}
