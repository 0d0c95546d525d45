import EDTF
import Terminal

extension StyledText {
  /// Adds the day itself to a date that its page gives in the Julian calendar: `1870-04-10 O.S. (1870-04-22)`.
  mutating func appendNewStyle(of value: String) {
    if let days = (try? EDTF(value))?.newStyle { append(" \("(\(days))", .faint)") }
  }
}
