/// How far "about" (`~`) is taken to reach where it decides whether two dates can both be true.
///
/// The format leaves that to its reader. A mark on a whole date widens the smallest part that is written, one on a part
/// that part: "about 1928" may be 1926 to 1930, "about May 1928" March to July, "about 12 May" 5 to 19 May.
public enum Approximation {
  /// Years before and after one that is marked, or before and after a decade or century.
  public static let years = 2
  /// Months before and after a month or season that is marked.
  public static let months = 2
  /// Days before and after a day that is marked.
  public static let days = 7

  /// The three in English.
  public static let inWords =
    "\(years) years from a year, \(months) months from a month, \(days) days from a day"
}
