import EDTF
import Testing

@Suite("Dates that were probably not meant as they are read")
struct DoubtfulTests {
  @Test(
    "Years written short are told from parts of a year",
    arguments: [
      ("1935-36", "1935/1936"), ("1920-41", "1920/1941"), ("1921-24", "1921/1924"),
      ("1920-21", "1920/1921"),
    ])
  func years(text: String, meant: String) throws {
    #expect(try EDTF(text).probablyMeant?.text == meant)
  }

  @Test(
    "Years before Christ are told from ends",
    arguments: [("-1945", "../1945"), ("?-1945", "/1945"), ("-1945-05", "../1945-05")])
  func ends(text: String, meant: String) throws {
    #expect(try EDTF(text).probablyMeant?.text == meant)
  }

  @Test(
    "What can only be a month, a season or years is left alone",
    arguments: [
      "1935-12", "1937-36", "1941-41", "1985-21", "1935/1936", "1935-36~", "1935", "-0044",
      "-0044-03-15", "?1945",
    ])
  func others(text: String) throws {
    #expect(try EDTF(text).probablyMeant == nil)
  }
}
