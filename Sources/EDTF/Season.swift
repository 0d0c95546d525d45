/// A season of a year, written in place of the month.
///
/// The format names seasons without placing them, so their bounds are a convention of ours: spring
/// is March to May, summer June to August, autumn September to November, as meteorologists of the
/// northern hemisphere have it. "The winter of 1920" may mean its first months or the turn to 1921.
/// Its bounds exclude neither: January 1920 to February 1921. They say too little rather than make
/// a source contradict another that it may well agree with.
enum Season: Int, Sendable {
  case spring = 21
  case summer
  case autumn
  case winter

  /// The first and last month, counted from January of the season's year.
  var months: ClosedRange<Int> {
    switch self {
    case .spring: 3...5
    case .summer: 6...8
    case .autumn: 9...11
    case .winter: 1...14
    }
  }

  var inWords: String {
    switch self {
    case .spring: "spring"
    case .summer: "summer"
    case .autumn: "autumn"
    case .winter: "winter"
    }
  }
}
