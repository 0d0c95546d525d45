import EDTF
import Testing

@Suite struct SuggestionTests {
  @Test(arguments: [
    ("Fall of 1920", "1920-23"), ("Spring of 1943", "1943-21"), ("summer 1940", "1940-22"),
    ("the winter of 1920", "1920-24"), ("winter of 1920–21", "1920-12/1921-02"),
    ("winter 1920-1921", "1920-12/1921-02"), ("winter 1920/21", "1920-12/1921-02"),
    ("winter 1920/1", "1920-12/1921-02"), ("early spring of 1943", "1943-21"),
    ("July 1937", "1937-07"), ("July, 1937", "1937-07"), ("July of 1937", "1937-07"),
    ("Sept. 1937", "1937-09"), ("1937 July", "1937-07"), ("in 1928", "1928"),
    ("during the year 1932", "1932"),
    ("June 28, 1899", "1899-06-28"), ("28 June 1899", "1899-06-28"),
    ("the 28th of June, 1899", "1899-06-28"), ("June 28th, 1899.", "1899-06-28"),
    ("1899 June 28", "1899-06-28"), ("Friday, 16 July 1937", "1937-07-16"),
    ("on the night of July 30, 1948", "1948-07-30"),
    ("early on the morning of October 6, 1937", "1937-10-06"), ("29 February 1928", "1928-02-29"),
  ])
  func `a plain date in words is suggested in EDTF`(words: String, text: String) {
    #expect(EDTF.suggestion(for: words) == text)
  }

  @Test(arguments: [
    ("about 1896", "1896~"), ("c. 1896", "1896~"), ("c.1896", "1896~"), ("ca 1896", "1896~"),
    ("circa July 1937", "1937-07~"), ("In about September, 1947", "1947-09~"),
    ("on or about June 28, 1899", "1899-06-28~"), ("possibly 1928", "1928?"),
    ("probably in July 1937", "1937-07?"), ("July 1937?", "1937-07?"), ("1928 (?)", "1928?"),
    ("perhaps about 1928", "1928%"), ("about 1896 to 1899", "1896~/1899"),
    ("about the 1930s", "193X~"),
  ])
  func `doubt and approximation become qualifiers`(words: String, text: String) {
    #expect(EDTF.suggestion(for: words) == text)
  }

  @Test(arguments: [
    ("early 1937", "1937-01/1937-04"), ("mid-1931", "1931-05/1931-08"),
    ("middle of 1931", "1931-05/1931-08"), ("late 1929", "1929-09/1929-12"),
    ("beginning of 1946", "1946-01/1946-03"), ("end of 1930", "1930-10/1930-12"),
    ("the end of July 1937", "1937-07-21/1937-07-31"),
    ("Toward the end of 1942", "1942-10/1942-12"), ("mid-July 1937", "1937-07-11/1937-07-20"),
    ("early July, 1937", "1937-07-01/1937-07-10"), ("late February 1928", "1928-02-21/1928-02-29"),
    ("first half of 1931", "1931-01/1931-06"), ("latter half of 1931", "1931-07/1931-12"),
    ("the latter part of 1931", "1931-09/1931-12"), ("Early in 1941", "1941-01/1941-04"),
    ("about early 1937", "1937-01~/1937-04~"),
    ("the 1930's", "193X"), ("the 1930’s", "193X"), ("1930s", "193X"),
    ("some time in the 1930s", "193X"), ("the early 1930's", "1930/1933"),
    ("mid-1930s", "1934/1936"), ("late 1930s", "1937/1939"), ("19th century", "18XX"),
    ("the early 19th century", "1800/1832"),
  ])
  func `part of a year, month or decade is suggested as an interval`(words: String, text: String) {
    #expect(EDTF.suggestion(for: words) == text)
  }

  @Test(arguments: [
    ("1918-1921", "1918/1921"), ("1918–1921", "1918/1921"), ("1918 — 1921", "1918/1921"),
    ("1935–36", "1935/1936"), ("1935-45", "1935/1945"), ("1918–21", "1918/1921"),
    ("1934/35", "1934/1935"), ("1934/5", "1934/1935"), ("1904/05", "1904/1905"),
    ("1911/12", "1911/1912"), ("1912/13", "1912/1913"), ("1899/00", "1899/1900"),
    ("1934–6", "1934/1936"),
    ("c. 1934/5", "1934~/1935"), ("from 1923 to 1925", "1923/1925"),
    ("From June to September, 1952", "1952-06/1952-09"),
    ("January–February 1954", "1954-01/1954-02"), ("12-15 March 1940", "1940-03-12/1940-03-15"),
    ("March 12 to 15, 1940", "1940-03-12/1940-03-15"),
    ("28 June 1899 to 3 July 1899", "1899-06-28/1899-07-03"),
    ("late 1929 to early 1930", "1929-09/1930-04"), ("from the 1930s to 1941", "1930/1941"),
    ("since 1929", "1929/.."), ("from 1938 on", "1938/.."),
    ("from July 1938 onwards", "1938-07/.."),
    ("until 1935", "../1935"), ("up to May 1935", "../1935-05"),
  ])
  func `a span is suggested as an interval`(words: String, text: String) {
    #expect(EDTF.suggestion(for: words) == text)
  }

  @Test(arguments: [
    ("1927 or early 1928", "[1927,1928]"), ("1927 or 1928", "[1927,1928]"),
    ("1926, 1927 or 1928", "[1926,1927,1928]"), ("June or July 1930", "[1930-06,1930-07]"),
    ("28 or 29 June 1899", "[1899-06-28,1899-06-29]"),
    ("June 28 or 29, 1899", "[1899-06-28,1899-06-29]"),
    ("June 28, 1899, or July 3, 1899", "[1899-06-28,1899-07-03]"),
    ("about 1927 or 1928", "[1927~,1928]"), ("1927 or later", "[1927..]"),
    ("July 1937 or earlier", "[..1937-07]"), ("1922 and 1923", "{1922,1923}"),
    ("During 1922 and 1923", "{1922,1923}"), ("between 1923 and 1925", "[1923..1925]"),
    ("between June and September 1952", "[1952-06..1952-09]"),
    ("between 1923 and May 1925", "1923/1925-05"),
    ("between spring and autumn 1943", "1943-21/1943-23"),
    ("before 1930", "[..1929]"), ("prior to January 1930", "[..1929-12]"),
    ("after 1930", "[1931..]"), ("after 28 February 1928", "[1928-02-29..]"),
    ("by 1930", "[..1930]"), ("by the end of 1930", "[..1930-12]"),
    ("before the 1930s", "[..1929]"), ("not later than May 1930", "[..1930-05]"),
    ("no earlier than 1930", "[1930..]"), ("not before May 1930", "[1930-05..]"),
    ("not after 1930", "[..1930]"), ("post 1930", "[1931..]"), ("post-1930", "[1931..]"),
    ("ante 1930", "[..1929]"),
  ])
  func `alternatives and limits are suggested as sets`(words: String, text: String) {
    #expect(EDTF.suggestion(for: words) == text)
  }

  @Test(arguments: [
    ("13 February 1919 or 1921", "[1919-02-13,1921-02-13]"),
    ("February 13, 1919, or 1921", "[1919-02-13,1921-02-13]"),
    ("February 1919 or 1921", "[1919-02,1921-02]"), ("summer 1919 or 1921", "[1919-22,1921-22]"),
    ("13 February 1919, 1920 or 1921", "[1919-02-13,1920-02-13,1921-02-13]"),
    ("13 February 1919 and 1921", "{1919-02-13,1921-02-13}"),
    ("13 February 1919 or June 1921", "[1919-02-13,1921-06]"),
    ("after about 1731", "[1732~..]"), ("before about 1731", "[..1730~]"),
    ("by about 1930", "[..1930~]"), ("not before about May 1930", "[1930-05~..]"),
    ("between about 1923 and 1925", "[1923~..1925]"),
    ("between 1923 and possibly May 1925", "1923/1925-05?"), ("about 1927 or later", "[1927~..]"),
    ("late 1930 or later", "[1930-09..]"), ("early 1930 or earlier", "[..1930-04]"),
    ("the 1930s or later", "[1930..]"), ("since about 1929", "1929~/.."),
    ("until about 1935", "../1935~"),
    ("before the end of 1930", "[..1930-12]"), ("before late 1930", "[..1930-08]"),
    ("before the beginning of 1930", "[..1929]"), ("before early 1930", "[..1929-12]"),
    ("after early 1930", "[1930-05..]"), ("after the beginning of 1930", "[1930-01..]"),
    ("after the end of 1930", "[1931..]"), ("after mid-1930", "[1930-09..]"),
  ])
  func `nothing is suggested that the words exclude`(words: String, text: String) {
    #expect(EDTF.suggestion(for: words) == text)
  }

  @Test(
    arguments: [
      ("12/24 June 1850", "1850-06-24"), ("June 12/24, 1850", "1850-06-24"),
      ("25 October/7 November 1917", "1917-11-07"), ("25 October / 7 November, 1917", "1917-11-07"),
      ("30 December 1899/11 January 1900", "1900-01-11"), ("c. 12/24 June 1850", "1850-06-24~"),
      ("28 February/12 March 1900", "1900-03-12"), ("29 February/13 March 1900", "1900-03-13"),
      ("1/14 March 1900", "1900-03-14"), ("1/13 March 1900", nil), ("12/25 June 1850", nil),
      ("28 February/11 March 1800", "1800-03-11"), ("1/13 March 1800", "1800-03-13"),
      ("28 February/10 March 1700", "1700-03-10"), ("1/12 March 1700", "1700-03-12"),
      ("12/13 June 1930", "1930-06-12/1930-06-13"), ("12-24 June 1850", "1850-06-12/1850-06-24"),
      ("12/24 June 1850 O.S.", nil),
      ("12 June 1850 O.S.", "1850-06-12 O.S."), ("12 June 1850 (Old Style)", "1850-06-12 O.S."),
      ("June 1850, OS", "1850-06 O.S."), ("29 February 1900 O.S.", "1900-02-29 O.S."),
      ("1850-6-12 O.S.", "1850-06-12 O.S."), ("1850-06-12 o.s.", "1850-06-12 O.S."),
      ("about 1850 O.S.", "1850~ O.S."), ("24 June 1850 N.S.", "1850-06-24"),
      ("@#DJULIAN@ 12 JUN 1850", "1850-06-12 O.S."), ("@#DGREGORIAN@ 24 JUN 1850", "1850-06-24"),
      ("11 February 1731/32", "1732-02-11 O.S."), ("11 February 1731/2", "1732-02-11 O.S."),
      ("11 February 1731/1732", "1732-02-11 O.S."), ("February 11, 1731/32", "1732-02-11 O.S."),
      ("11 February 1731/32 O.S.", "1732-02-11 O.S."), ("24 March 1731/32", "1732-03-24 O.S."),
      ("January 1699/00", "1700-01 O.S."), ("25 March 1731/32", nil), ("March 1731/32", nil),
      ("11 February 1931/32", nil), ("1731/32", "1731/1732"),
    ] as [(String, String?)])
  func `a day in two calendars or in the older one is told`(words: String, text: String?) {
    #expect(EDTF.suggestion(for: words) == text)
  }

  @Test(arguments: [
    ("ABT 1850", "1850~"), ("EST 1850", "1850~"), ("CAL 12 JUN 1850", "1850-06-12~"),
    ("BEF 1850", "[..1849]"), ("AFT JUN 1850", "[1850-07..]"),
    ("BET 1850 AND 1860", "[1850..1860]"), ("BET JUN 1850 AND 1860", "1850-06/1860"),
    ("FROM 1904 TO 1915", "1904/1915"), ("FROM 1904", "1904/.."), ("TO 1915", "../1915"),
    ("44 B.C.", "-0043"),
  ])
  func `the words of GEDCOM are known`(words: String, text: String) {
    #expect(EDTF.suggestion(for: words) == text)
  }

  @Test(arguments: [
    ("31 April 1928", "there is no day 31 in April 1928"),
    ("April 31, 1928", "there is no day 31 in April 1928"),
    ("31.4.1928", "there is no day 31 in April 1928"),
    ("29 February 1900", "there is no day 29 in February 1900"),
    ("30 February 1900 O.S.", "there is no day 30 in February 1900"),
    ("about 31 June 1899", "there is no day 31 in June 1899"),
    ("1928-04-31", "there is no day 31 in April 1928"),
  ])
  func `a day that is none is said to be none`(words: String, message: String) {
    let error = #expect(throws: EDTFError.self) { try EDTF(words) }
    #expect(error?.message == message)
    #expect(error?.text == words)
    #expect(error?.suggestion == nil)
  }

  @Test(arguments: [
    ("1985-4-1", "1985-04-01"), ("1985-4", "1985-04"), ("1985/4", "1985-04"),
    ("1985/04", "1985-04"), ("1985/04/12", "1985-04-12"),
    ("1985–04–12", "1985-04-12"), ("16.7.1937", "1937-07-16"), ("16/7/1937", "1937-07-16"),
    ("7/16/1937", "1937-07-16"), ("5/5/1933", "1933-05-05"), ("7/1937", "1937-07"),
    ("199u", "199X"), ("19xx", "19XX"), ("2004-06-uu", "2004-06-XX"), ("1984?~", "1984%"),
    ("y170000002", "Y170000002"), ("-Y170000002", "Y-170000002"), ("1985/open", "1985/.."),
    ("unknown/1985", "/1985"), ("(2004)?-06", "?2004-06"), ("2004-06-(01)~", "2004-06-~01"),
    ("2004-(06-11)?~", "2004-%06-%11"),
    ("2004-06-(01)~/2004-06-(20)~", "2004-06-~01/2004-06-~20"), ("2004-(0u)?", "2004-?0X"),
    ("[1927, 1928]", "[1927,1928]"), (" 1985 ", "1985"), ("1985 / 1986", "1985/1986"),
    ("1985‑04", "1985-04"), ("1937", "1937"), ("44 BC", "-0043"), ("AD 79", "0079"),
    ("15 March 44 BC", "-0043-03-15"), ("79 AD", "0079"),
  ])
  func `slips in figures are mended`(words: String, text: String) {
    #expect(EDTF.suggestion(for: words) == text)
  }

  @Test(arguments: [
    "", "   ", "never", "the day he left", "a few months after 1930", "4/5/1933", "1985-02-30",
    "31 June 1899", "June 28", "June", "28", "winter", "the 1900s", "13/13/1933", "1985-13",
    "1939/0", "3/4/5",
    "or", "and", "between", "between 1923", "from", "to", "1927 or", "or 1928", "before", "about",
    "?", ",", "-", "June July 1930", "early", "1927 or never", "99/99/9999", "before spring 1943",
    "BC", "44 BC 45 BC", "century", "'30s", "\u{0}", "🗓️ 1937",
    // dateparser 1.5 counts such years back from today.
    "в 1937 году", "с 1937 года", "около 1937 года", "у 1937 році",
  ])
  func `where there is no telling nothing is suggested`(words: String) {
    #expect(EDTF.suggestion(for: words) == nil)
  }

  @Test func `an error carries the suggestion, the place and the text`() throws {
    let error = try #require(throws: EDTFError.self) { try EDTF("July 1937") }
    #expect(error.suggestion == "1937-07")
    #expect(error.offset == 0)
    #expect(
      error.description == "“July 1937” cannot be read as an EDTF date: dates are written in "
        + "figures, as in 1937, 1937-07 or 1937-07-16; did you mean 1937-07?")
  }

  @Test func `an impossible day is named with its month`() throws {
    let error = try #require(throws: EDTFError.self) { try EDTF("1985-02-30") }
    #expect(error.message == "there is no day 30 in February 1985")
    #expect(error.offset == 8)
    #expect(error.suggestion == nil)
  }

  @Test(arguments: [
    ("1985-13", 5), ("1984/1985-02-30", 13), ("[1927,1928-13]", 11), ("1985-04-12T25:00:00", 11),
    ("1950S5", 5), ("2004-?06?-11", 5), ("1985 ", 4), ("1986/1985", 5),
  ])
  func `an error points at the character that is wrong`(text: String, offset: Int) {
    let error = #expect(throws: EDTFError.self) { try EDTF(text) }
    #expect(error?.offset == offset)
  }
}
