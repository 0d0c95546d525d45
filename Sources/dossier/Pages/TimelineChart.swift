import Calendar
import Casebook
import EDTF
import Terminal
import Views

/// The dated claims of a life along an axis of years: a lane a source, a line a date.
///
/// What is known to a day, or to less than a column, is a point; what lies somewhere between two days is a thin range,
/// what lasted from one day to another a thick one. Doubt is hollow or dashed, so that no colour is needed to see it.
struct TimelineChart {
  private let moments: [Moment]
  private let files: [Case]
  private let first: CalendarDate
  private let last: CalendarDate

  /// The chart of these moments; nil when none has a day, or when they are not of one life.
  init?(_ moments: [Moment], of files: [Case]) {
    guard !files.isEmpty else { return nil }
    let days = moments.flatMap { [$0.span.earliest, $0.span.latest] }.compactMap { $0 }
    guard let first = days.min(), let last = days.max(),
      let start = CalendarDate(year: first.year, month: 1, day: 1),
      let end = CalendarDate(year: last.year, month: 12, day: 31)
    else { return nil }
    self.moments = moments
    self.files = files
    self.first = start
    self.last = end
  }

  /// Adds the chart, as wide as the page: what happened at the left, when at the right.
  func add(to page: inout Page) {
    let labels = labels(page.width)
    let labelWidth = labels.map(\.width).max() ?? 0
    let axis = Axis(from: first, through: last, columns: max(page.width - labelWidth - 4, 10))
    for source in Set(moments.map(\.claim.source)).sorted() {
      page.gap()
      // The source stands above its lane where its name is too long for the line of the years.
      let name = StyledText(source, .strong)
      let margin = Self.spaces(labelWidth + 4 - name.width)
      let isBeside = name.width <= labelWidth + 2
      if !isBeside { page.add(name) }
      page.add(
        (isBeside ? name + margin : Self.spaces(labelWidth + 4)) + StyledText(axis.years, .faint))
      for (moment, label) in zip(moments, labels) where moment.claim.source == source {
        page.add("  " + label + Self.spaces(labelWidth + 2 - label.width) + axis.line(of: moment))
      }
    }
    page.gap()
    page.add(
      "\("● a day, or too little to show  ├┄┤ somewhere between  ━━ from … to  ○ ╟┄╢ about, or doubtful  ◂ ▸ open. In full: dossier timeline CASE --list", .faint)"
    )
  }

  /// Date, reference and what it is about, in columns that leave the greater part of the page to the years.
  private func labels(_ width: Int) -> [StyledText] {
    let names = moments.map { $0.name(in: files) }
    let room = max(width * 9 / 20, 30)
    let dateWidth = min(moments.map(\.date.description.displayWidth).max() ?? 0, room / 3)
    let nameWidth = names.map(\.count).max() ?? 0
    return zip(moments, names).map { moment, name in
      let date = StyledText(moment.date.description, .strong)
      let start =
        date + Self.spaces(dateWidth - date.width) + " \(name, .faint)"
        + Self.spaces(nameWidth - name.count) + " "
      return start + moment.inShort.shortened(to: max(room - start.width, 8))
    }
  }

  private static func spaces(_ count: Int) -> StyledText {
    StyledText(String(repeating: " ", count: max(count, 0)))
  }
}

/// The years of a chart.
private struct Axis {
  private let first: Int
  private let days: Int
  private let columns: Int
  /// The columns at which a round year begins.
  private var ticks: Set<Int> = []
  /// The round years, each above its first day.
  private(set) var years = ""

  init(from first: CalendarDate, through last: CalendarDate, columns: Int) {
    self.first = first.dayNumber
    days = max(last.dayNumber - first.dayNumber, 1)
    self.columns = columns
    let count = last.year - first.year + 1
    let steps = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000]
    let step = steps.first { columns * $0 / count >= 7 } ?? 5000
    for year in first.year...last.year where year % step == 0 {
      guard let day = CalendarDate(year: year, month: 1, day: 1) else { continue }
      let column = column(of: day)
      guard column >= years.count, column + 5 <= columns else { continue }
      ticks.insert(column)
      years += String(repeating: " ", count: column - years.count) + "┊\(year)"
    }
  }

  private func column(of day: CalendarDate) -> Int {
    (day.dayNumber - first) * (columns - 1) / days
  }

  /// The stretch that a date may have touched, upon the years.
  func line(of moment: Moment) -> StyledText {
    let span = moment.span
    guard span.earliest != nil || span.latest != nil else { return "\("no day is known", .faint)" }
    let start = span.earliest.map(column) ?? 0
    let end = span.latest.map(column) ?? columns - 1
    return blank(0..<start) + Self.mark(moment, columns: end - start + 1)
      + blank(end + 1..<columns)
  }

  private func blank(_ range: Range<Int>) -> StyledText {
    StyledText(String(range.map { ticks.contains($0) ? "┊" : " " }), .faint)
  }

  private static func mark(_ moment: Moment, columns: Int) -> StyledText {
    let isDoubtful = moment.date.isUncertain || moment.date.isApproximate
    let span = moment.span
    guard columns > 1 else { return isDoubtful ? "○" : "●" }
    let ends: (String, String) = moment.lasts ? ("━", "━") : isDoubtful ? ("╟", "╢") : ("├", "┤")
    return StyledText(
      (span.earliest == nil ? "◂" : ends.0)
        + String(repeating: moment.lasts ? "━" : "┄", count: columns - 2)
        + (span.latest == nil ? "▸" : ends.1))
  }
}
