/// A season of a year or another part of it, written in place of the month.
///
/// The format names seasons without placing them, so their bounds are a convention of ours: spring
/// is March to May, summer June to August, autumn September to November, as meteorologists of the
/// northern hemisphere have it. "The winter of 1920" may mean its first months or the turn to 1921.
/// Its bounds exclude neither: January 1920 to February 1921. They say too little rather than make
/// a source contradict another that it may well agree with. The season that spans the new year in
/// the southern hemisphere is its summer.
enum Season: Int, Sendable {
  case spring = 21
  case summer
  case autumn
  case winter
  case northernSpring
  case northernSummer
  case northernAutumn
  case northernWinter
  case southernSpring
  case southernSummer
  case southernAutumn
  case southernWinter
  case firstQuarter
  case secondQuarter
  case thirdQuarter
  case fourthQuarter
  case firstQuadrimester
  case secondQuadrimester
  case thirdQuadrimester
  case firstHalf
  case secondHalf

  /// Whether only level 2 knows it.
  var isGrouping: Bool { rawValue > Self.winter.rawValue }

  /// The first and last month, counted from January of the season's year.
  var months: ClosedRange<Int> {
    switch self {
    case .spring, .northernSpring, .southernAutumn: 3...5
    case .summer, .northernSummer, .southernWinter: 6...8
    case .autumn, .northernAutumn, .southernSpring: 9...11
    case .winter, .northernWinter, .southernSummer: 1...14
    case .firstQuarter: 1...3
    case .secondQuarter: 4...6
    case .thirdQuarter: 7...9
    case .fourthQuarter: 10...12
    case .firstQuadrimester: 1...4
    case .secondQuadrimester: 5...8
    case .thirdQuadrimester: 9...12
    case .firstHalf: 1...6
    case .secondHalf: 7...12
    }
  }

  /// `spring 2001`, `the second quarter of 2001`.
  func inWords(_ year: String) -> String {
    switch self {
    case .spring: "spring \(year)"
    case .summer: "summer \(year)"
    case .autumn: "autumn \(year)"
    case .winter: "winter \(year)"
    case .northernSpring: "spring \(year) in the northern hemisphere"
    case .northernSummer: "summer \(year) in the northern hemisphere"
    case .northernAutumn: "autumn \(year) in the northern hemisphere"
    case .northernWinter: "winter \(year) in the northern hemisphere"
    case .southernSpring: "spring \(year) in the southern hemisphere"
    case .southernSummer: "summer \(year) in the southern hemisphere"
    case .southernAutumn: "autumn \(year) in the southern hemisphere"
    case .southernWinter: "winter \(year) in the southern hemisphere"
    case .firstQuarter: "the first quarter of \(year)"
    case .secondQuarter: "the second quarter of \(year)"
    case .thirdQuarter: "the third quarter of \(year)"
    case .fourthQuarter: "the fourth quarter of \(year)"
    case .firstQuadrimester: "the first four months of \(year)"
    case .secondQuadrimester: "the middle four months of \(year)"
    case .thirdQuadrimester: "the last four months of \(year)"
    case .firstHalf: "the first half of \(year)"
    case .secondHalf: "the second half of \(year)"
    }
  }
}
