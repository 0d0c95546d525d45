import Calendar
import EDTF
import Testing

@Suite("How two dates stand to each other") struct RelationTests {
  @Test(
    "whether a day fits both decides, whichever comes first",
    arguments: [
      ("1937", "1937", .same), ("1937", "1937~", .same), ("1937", "1937-XX", .same),
      ("1937-01/1937-12", "1937", .same), ("[1927,1928]", "1927/1928", .same),
      ("1927/..", "1927/..", .same), ("1927/..", "[1927..]", .same), ("1927/", "1927/..", .same),
      ("[1927,1928]", "[1928,1927]", .same), ("193X", "1930/1939", .same),
      ("{1927,1928}", "[1927..1928]", .same), ("1984-02-2X", "1984-02-20/1984-02-29", .same),
      ("XXXX-02-29", "XXX0-02-29", .compatible),
      ("1937", "1937-07", .compatible), ("1937-07-16", "1937-07", .compatible),
      ("[1927,1928]", "1928-02", .compatible), ("193X", "1937-22", .compatible),
      ("1920-24", "1920", .compatible), ("1920-24", "1921-01", .compatible),
      ("1927/..", "1930", .compatible), ("../1927", "1926-05", .compatible),
      ("1927/", "1928/1930", .compatible), ("1927/..", "1930/..", .compatible),
      ("1936-07/1937-03", "1937", .compatible), ("1927/..", "../1930", .compatible),
      ("1927/..", "1926/1930", .compatible), ("[1927,1928]", "[1928,1929]", .compatible),
      ("1928-01/1928-04", "1928-21", .compatible), ("156X-12-25", "1563-12", .compatible),
      ("156X-12-25", "1560-XX-25", .compatible), ("19X7", "1927-03", .compatible),
      ("1937-XX-31", "1937-03", .compatible), ("XXXX-02-29", "1600", .compatible),
      ("[..1900,1920..]", "1925", .compatible), ("Y17E8", "Y1700000000", .same),
      ("Y171010000S3", "Y171500000", .compatible), ("-156X-12-25", "-1563", .compatible),
      ("1937-07", "1937-08", .conflict), ("1937", "1938", .conflict),
      ("1927/..", "1926", .conflict), ("../1927", "1928", .conflict),
      ("[..1900,1920..]", "1910", .conflict), ("[1927,1929]", "1928", .conflict),
      ("156X-12-25", "1563-06-01", .conflict), ("1560-XX-25", "1560-03-24", .conflict),
      ("19X7", "1928", .conflict), ("1937-XX-31", "1937-04", .conflict),
      ("{1920,1930}", "1925", .conflict), ("XXXX-02-29", "1900", .conflict),
      ("XXXX-02-29", "1901/1903", .conflict), ("1937-02-2X", "1937-03-01", .conflict),
      ("156X-12-25", "1560-XX-24", .conflict), ("XXX5", "XXX6-XX-XX", .conflict),
      ("Y171010000S3", "Y172000000", .conflict), ("-156X-12-25", "1563", .conflict),
      ("[1760-01,1760-02,1760-12..]", "1760-11", .conflict),
    ] as [(String, String, DateRelation)])
  func days(first: String, second: String, relation: DateRelation) throws {
    try expect(first, second, relation)
  }

  @Test(
    "times with a zone are moments; one without is what a clock shows that day",
    arguments: [
      ("1937-07-16T10:00:00Z", "1937-07-16T22:00:00Z", .conflict),
      ("1937-07-16T23:00:00Z", "1937-07-17T01:00:00+02:00", .same),
      ("1937-07-16T23:00:00Z", "1937-07-17T01:00:00+01:30", .conflict),
      ("1937-07-16T10:00:00", "1937-07-16T10:00:00", .same),
      ("1937-07-16T10:00:00", "1937-07-16T10:00:01", .conflict),
      ("1937-07-16T10:00:00", "1937-07-16T10:00:00+04", .compatible),
      ("1937-07-16T10:00:00", "1937-07-16T09:00:00Z", .conflict),
      ("1937-07-16T10:00:00Z", "1937-07-16", .compatible),
      ("1937-07-16T10:00:00", "1937-07-17", .conflict),
      ("2016-12-31T23:59:60Z", "2017-01-01T00:59:60+01", .same),
      ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z", .conflict),
      ("1850-06-12T10:00:00 O.S.", "1850-06-24T10:00:00", .same),
    ] as [(String, String, DateRelation)])
  func times(first: String, second: String, relation: DateRelation) throws {
    try expect(first, second, relation)
  }

  @Test(
    "“about” reaches two years, two months or a week, where nothing else lets both be true",
    arguments: [
      ("1928~", "1927", .compatibleByAbout), ("1928~", "1930-12-31", .compatibleByAbout),
      ("1928~", "1931", .conflict), ("1928%", "1926", .compatibleByAbout),
      ("1928~", "1928-05", .compatible), ("1928?", "1927", .conflict),
      ("1928~", "1932~", .compatibleByAbout), ("1928~", "1933~", .conflict),
      ("1928-05~", "1928-03-01", .compatibleByAbout), ("1928-05~", "1928-02-29", .conflict),
      ("1928-12~", "1929-02-28", .compatibleByAbout), ("1928-21~", "1928-07", .compatibleByAbout),
      ("1928-02-25~", "1928-03-03", .compatibleByAbout), ("1928-02-25~", "1928-03-04", .conflict),
      ("1929-02-25~", "1929-03-04", .compatibleByAbout),
      ("1928-01-02~", "1927-12-26", .compatibleByAbout),
      ("193X~", "1941", .compatibleByAbout), ("193X~", "1942", .conflict),
      ("~1928-06-11", "1930-06-11", .compatibleByAbout), ("~1928-06-11", "1930-06-10", .conflict),
      ("1928-06~-11", "1928-08-11", .compatibleByAbout), ("1928-06~-11", "1929-06-11", .conflict),
      ("1928-06-~11", "1928-06-18", .compatibleByAbout),
      ("1928-06-1X~", "1928-06-03", .compatibleByAbout),
      ("156X-12-25~", "1563-12-30", .compatibleByAbout), ("156X-12-25~", "1563-06-01", .conflict),
      ("156X-12-28~", "1570-01-03", .compatibleByAbout), ("1928-XX~", "1930", .compatibleByAbout),
      ("1928-04-XX~", "1928-06", .compatibleByAbout), ("1950S2~", "1948", .compatible),
      ("1950S2~", "2001", .compatibleByAbout),
      ("1923~/1925", "1921", .compatibleByAbout), ("1923~/1925", "1926", .conflict),
      ("[1927,1930~]", "1932", .compatibleByAbout), ("[1927~..]", "1925", .compatibleByAbout),
    ] as [(String, String, DateRelation)])
  func about(first: String, second: String, relation: DateRelation) throws {
    try expect(first, second, relation)
    #expect(Approximation.years == 2 && Approximation.months == 2 && Approximation.days == 7)
  }

  @Test(
    "that it was not one date excludes the days of that one",
    arguments: [
      ("1919-02-13", "1919", .conflict), ("1935", "193X", .conflict), ("1919", "1919", .conflict),
      ("1919", "1919-02-13", .compatible), ("193X", "1935", .compatible),
      ("[1927,1929]", "[1927..1930]", .conflict), ("[1927,1929]", "1927", .compatible),
      ("1928", "1929", .compatible), ("1928-02-29", "XXXX-02-29", .conflict),
      ("1928~", "1928", .compatibleByAbout), ("1928", "1928~", .conflict),
      ("1927/..", "1920/..", .conflict), ("1920/..", "1927/..", .compatible),
      ("1937-07-16T10:00:00Z", "1937-07-16", .conflict),
      ("1937-07-16", "1937-07-16T10:00:00Z", .compatible),
      ("1937-07-16T10:00:00Z", "1937-07-16T10:00:00Z", .conflict),
      ("1937-07-16T10:00:00", "1937-07-16T10:00:00Z", .compatible),
    ] as [(String, String, DateRelation)])
  func denials(date: String, denied: String, relation: DateRelation) throws {
    #expect(try EDTF(date).relation(toDenied: EDTF(denied)) == relation)
  }

  @Test(
    "the calendar in which a page gives a date changes nothing about the day",
    arguments: [
      ("1870-04-10 O.S.", "1870-04-22", .same), ("1870-04-10 O.S.", "1870-04-10", .conflict),
      ("1917-10-25 O.S.", "1917-11-07", .same), ("1900-02-29 O.S.", "1900-03-13", .same),
      ("1900-02-28 O.S.", "1900-03-12", .same), ("1732-02-11 O.S.", "1732-02-22", .same),
      ("1700-02-28 O.S.", "1700-03-10", .same), ("1700-03-01 O.S.", "1700-03-12", .same),
      ("1917-10 O.S.", "1917-11-13", .compatible), ("1917-10 O.S.", "1917-10-14/1917-11-13", .same),
      ("1917 O.S.", "1918-01-13", .compatible), ("1917 O.S.", "1917-01-13", .conflict),
      // Gramps 5.1 and 6.0 hold such a day against the first of the year alone.
      ("1917 O.S.", "1917-10-25 O.S.", .compatible),
      ("1917-10 O.S.", "1917-10-25 O.S.", .compatible),
      ("187X-04-10 O.S.", "1873-04-22", .compatible), ("187X-04-10 O.S.", "1873-04-10", .conflict),
      ("1870-12-25~ O.S.", "1871-01-13", .compatibleByAbout),
      ("../1870 O.S.", "1871-01-12", .compatible),
    ] as [(String, String, DateRelation)])
  func calendars(first: String, second: String, relation: DateRelation) throws {
    try expect(first, second, relation)
  }

  private func expect(_ first: String, _ second: String, _ relation: DateRelation) throws {
    let first = try EDTF(first)
    let second = try EDTF(second)
    #expect(first.relation(to: second) == relation)
    #expect(second.relation(to: first) == relation)
  }
}
