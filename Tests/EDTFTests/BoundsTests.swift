import Calendar
import EDTF
import Testing

@Suite struct BoundsTests {
  @Test(
    arguments: [
      ("1985", "1985-01-01", "1985-12-31"),
      ("1985-04", "1985-04-01", "1985-04-30"),
      ("1984-02", "1984-02-01", "1984-02-29"),
      ("1985-04-12", "1985-04-12", "1985-04-12"),
      ("1985-04-12T23:20:30-04", "1985-04-12", "1985-04-12"),
      ("1928~", "1928-01-01", "1928-12-31"),
      ("1928?", "1928-01-01", "1928-12-31"),
      ("193X", "1930-01-01", "1939-12-31"),
      ("19XX", "1900-01-01", "1999-12-31"),
      ("-201X", "-2019-01-01", "-2010-12-31"),
      ("-000X", "-0009-01-01", "-0001-12-31"),
      ("2004-XX", "2004-01-01", "2004-12-31"),
      ("2004-02-XX", "2004-02-01", "2004-02-29"),
      ("1985-XX-XX", "1985-01-01", "1985-12-31"),
      ("Y17000", "+17000-01-01", "+17000-12-31"),
      ("Y-17000", "-17000-01-01", "-17000-12-31"),
      ("-0043-03-15", "-0043-03-15", "-0043-03-15"),
      ("1943-21", "1943-03-01", "1943-05-31"),
      ("1943-22", "1943-06-01", "1943-08-31"),
      ("1920-23", "1920-09-01", "1920-11-30"),
      ("1920-24", "1920-01-01", "1921-02-28"),
      ("1923-24", "1923-01-01", "1924-02-29"),
      ("1923/1925-06", "1923-01-01", "1925-06-30"),
      ("2004/2004-06", "2004-01-01", "2004-06-30"),
      ("1985-04/..", "1985-04-01", nil),
      ("1985-04/", "1985-04-01", nil),
      ("../1985-04", nil, "1985-04-30"),
      ("/1985-04", nil, "1985-04-30"),
      ("[1927,1928]", "1927-01-01", "1928-12-31"),
      ("[1928,1926-05,1927]", "1926-05-01", "1928-12-31"),
      ("{1667,1668,1670..1672}", "1667-01-01", "1672-12-31"),
      ("[..1760-12-03]", nil, "1760-12-03"),
      ("[1760-12..]", "1760-12-01", nil),
      ("[..1900,1920..]", nil, nil),
      ("[1900,1910..]", "1900-01-01", nil),
    ] as [(String, String?, String?)])
  func `bounds are the first and last day that a date can mean`(
    text: String, earliest: String?, latest: String?
  ) throws {
    let bounds = try EDTF(text).bounds
    #expect(bounds.earliest?.description == earliest)
    #expect(bounds.latest?.description == latest)
    #expect(bounds.isClosed == (earliest != nil && latest != nil))
  }

  @Test(arguments: [
    ("1928", false, false), ("1928?", true, false), ("1928~", false, true), ("1928%", true, true),
    ("1984~/2004?", true, true), ("1984/2004~", false, true), ("[1927,1928?]", true, false),
    ("193X", false, false),
  ])
  func `a mark anywhere makes a date uncertain or approximate`(
    text: String, isUncertain: Bool, isApproximate: Bool
  ) throws {
    let date = try EDTF(text)
    #expect(date.isUncertain == isUncertain)
    #expect(date.isApproximate == isApproximate)
  }

  @Test(
    arguments: [
      ("1937", "1937", .same),
      ("1937", "1937~", .same),
      ("1937", "1937-XX", .same),
      ("1937-01/1937-12", "1937", .same),
      ("[1927,1928]", "1927/1928", .same),
      ("1927/..", "1927/..", .same),
      ("1937", "1937-07", .compatible),
      ("1937-07-16", "1937-07", .compatible),
      ("[1927,1928]", "1928-02", .compatible),
      ("193X", "1937-22", .compatible),
      ("1920-24", "1920", .compatible),
      ("1920-24", "1921-01", .compatible),
      ("1927/..", "1930", .compatible),
      ("1927/..", "[1927..]", .compatible),
      ("../1927", "1926-05", .compatible),
      ("1927/", "1928/1930", .compatible),
      ("1927/..", "1930/..", .compatible),
      ("[..1900,1920..]", "1910", .compatible),
      ("1937-07", "1937-08", .conflict),
      ("1937", "1938", .conflict),
      ("1936-07/1937-03", "1937", .conflict),
      ("1927/..", "1926", .conflict),
      ("1927/..", "../1930", .conflict),
      ("1927/..", "1926/1930", .conflict),
      ("../1927", "1928", .conflict),
    ] as [(String, String, DateRelation)])
  func `two dates are related by their bounds, whichever comes first`(
    first: String, second: String, relation: DateRelation
  ) throws {
    let first = try EDTF(first)
    let second = try EDTF(second)
    #expect(first.relation(to: second) == relation)
    #expect(second.relation(to: first) == relation)
  }

  @Test func `dates are equal only when written alike`() throws {
    #expect(try EDTF("1937") == EDTF("1937"))
    #expect(try EDTF("1937") != EDTF("1937-XX"))
    #expect(try Set([EDTF("1937"), EDTF("1937"), EDTF("1938")]).count == 2)
  }
}
