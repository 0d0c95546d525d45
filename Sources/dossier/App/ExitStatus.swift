/// How a command ended, in the numbers of `sysexits.h` where it has one.
enum ExitStatus: Int32, Error {
  case done = 0
  /// The check that was asked for failed.
  case checkFailed = 1
  case usage = 64
  case badInput = 65
  case notFound = 66
  case unavailable = 69
  case bug = 70
  case tryAgain = 75
  case notAllowed = 77
  case configuration = 78
  case interrupted = 130
}
