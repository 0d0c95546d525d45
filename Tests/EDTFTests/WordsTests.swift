import EDTF
import Testing

@Suite struct WordsTests {
  @Test(arguments: [
    ("1937-07-16", "16 July 1937"),
    ("1937-07", "July 1937"),
    ("1937", "1937"),
    ("1928~", "about 1928"),
    ("1928?", "possibly 1928"),
    ("1928%", "possibly about 1928"),
    ("1937-07-16?", "possibly 16 July 1937"),
    ("1943-21", "spring 1943"),
    ("1920-23~", "about autumn 1920"),
    ("193X", "some time in the 1930s"),
    ("193X~", "about the 1930s"),
    ("190X", "some time from 1900 to 1909"),
    ("19XX", "some time from 1900 to 1999"),
    ("-201X", "some time from 2020 BC to 2011 BC"),
    ("1985-XX", "some month of 1985"),
    ("1985-04-XX", "some day in April 1985"),
    ("1985-XX-XX", "some day in 1985"),
    ("1985-04-XX?", "possibly some day in April 1985"),
    ("-0043-03-15", "15 March 44 BC"),
    ("0000", "1 BC"),
    ("0079", "AD 79"),
    ("Y170000002", "170000002"),
    ("1985-04-12T23:20:30", "12 April 1985, 23:20:30"),
    ("1985-04-12T23:20:30Z", "12 April 1985, 23:20:30 UTC"),
    ("1985-04-12T23:20:30+04:30", "12 April 1985, 23:20:30 UTC+04:30"),
    ("1923/1925", "from 1923 to 1925"),
    ("1984~/2004-06", "from about 1984 to June 2004"),
    ("1985/..", "from 1985 onwards"),
    ("../1985", "until 1985"),
    ("1985/", "from 1985 to an unknown date"),
    ("/1985", "from an unknown date to 1985"),
    ("[1927,1928]", "1927 or 1928"),
    ("[1926,1927,1928]", "1926, 1927 or 1928"),
    ("[1923..1925]", "between 1923 and 1925"),
    ("[1667,1668,1670..1672]", "1667, 1668 or between 1670 and 1672"),
    ("[1927..]", "1927 or later"),
    ("[..1760-12-03]", "3 December 1760 or earlier"),
    ("[1760-01,1760-12..]", "January 1760, or December 1760 or later"),
    ("{1922,1923}", "1922 and 1923"),
    ("{1667,1670..1672}", "1667 and every year from 1670 to 1672"),
    ("{1760-12..}", "every month from December 1760 onwards"),
    ("{..1760-12-03}", "every day until 3 December 1760"),
  ])
  func `a date reads well in English`(text: String, words: String) throws {
    #expect(try EDTF(text).inWords == words)
  }
}
