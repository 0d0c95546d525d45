import Calendar
import Casebook
import CasebookStore
import EDTF
import StrictJSON
import Terminal

extension Terminal {
  /// Warns of dates that were probably not meant as the format reads them. They stay as they were given.
  func warnOfDates(in receipt: Receipt) {
    var warned: Set<EDTF> = []
    for decision in receipt.decisions {
      for date in decision.event.data.dates where warned.insert(date).inserted {
        warnOfReading(date)
      }
    }
  }

  /// The same of one date.
  func warnOfReading(_ date: EDTF) {
    guard let meant = date.probablyMeant else { return }
    guard date.bounds.latest.map({ $0.year > 0 }) ?? true else {
      warn(
        "\(date) is read as \(date.inWords). If an end is meant, write \(meant); a year after Christ has no sign."
      )
      return
    }
    let years = meant.text.split(separator: "/")
    warn(
      "\(date) is read as \(date.inWords). If the years \(years[0]) to \(years[1]) are meant, write "
        + "\(meant), or [\(years[0]),\(years[1])] for one of the two.")
  }
}

extension JSON {
  /// The dates in an event's payload.
  fileprivate var dates: [EDTF] {
    switch self {
    case .array(let items): items.flatMap(\.dates)
    case .object(let object):
      object.members.flatMap { key, value -> [EDTF] in
        guard key == "date" || key == "issued", let text = value.stringValue else {
          return value.dates
        }
        return (try? EDTF(text)).map { [$0] } ?? []
      }
    default: []
    }
  }
}
