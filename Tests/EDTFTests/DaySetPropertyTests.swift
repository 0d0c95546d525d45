import Calendar
import EDTF
import Testing

/// What is said of dates without listing days, held against lists of days.
@Suite("Days that are not listed, and lists of days") struct DaySetPropertyTests {
  @Test(
    "any two dates stand to each other as the lists of their days do",
    arguments: [1, 2, 3] as [UInt64])
  func relations(seed: UInt64) throws {
    var random = DateLottery(seed: seed)
    let tickets = (0..<32).map { _ in random.next() }
    let sets = try tickets.map { ticket in
      (text: ticket.text, days: try EDTF(ticket.text).days, list: DayList(ticket))
    }
    var answers = [0, 0, 0, 0]
    for (text, days, list) in sets {
      #expect(days.bounds == list.bounds, "\(text)")
      for (otherText, others, otherList) in sets {
        let (meets, isWithin) = (list.meets(otherList), list.isWithin(otherList))
        #expect(days.meets(others) == meets, "\(text), \(otherText)")
        #expect(days.isWithin(others) == isWithin, "\(text), \(otherText)")
        answers[meets ? 0 : 1] += 1
        answers[isWithin ? 2 : 3] += 1
      }
    }
    // Neither answer is rare, so that both are tried.
    #expect(answers.allSatisfy { $0 > 30 }, "\(answers)")
  }
}

/// The days of a date from 1890 to 2010, one by one.
private struct DayList {
  private let bits: [UInt64]
  private let isOpen: (before: Bool, after: Bool)

  init(_ ticket: DateLottery.Ticket) {
    let names = ticket.calendar == .gregorian ? Self.gregorian : Self.julian
    var bits = [UInt64](repeating: 0, count: names.count / 64 + 1)
    for (index, name) in names.enumerated() where ticket.contains(name) {
      bits[index / 64] |= 1 << UInt64(index % 64)
    }
    self.bits = bits
    isOpen = (ticket.contains((-9000, 1, 1)), ticket.contains((9000, 1, 1)))
  }

  var bounds: DateBounds { DateBounds(earliest: earliest, latest: latest) }

  private var earliest: CalendarDate? {
    guard !isOpen.before, let word = bits.firstIndex(where: { $0 != 0 }) else { return nil }
    return Self.first.adding(days: word * 64 + bits[word].trailingZeroBitCount)
  }

  private var latest: CalendarDate? {
    guard !isOpen.after, let word = bits.lastIndex(where: { $0 != 0 }) else { return nil }
    return Self.first.adding(days: word * 64 + 63 - bits[word].leadingZeroBitCount)
  }

  func meets(_ other: DayList) -> Bool {
    zip(bits, other.bits).contains { $0 & $1 != 0 }
  }

  func isWithin(_ other: DayList) -> Bool {
    zip(bits, other.bits).allSatisfy { $0 & ~$1 == 0 }
      && (!isOpen.before || other.isOpen.before) && (!isOpen.after || other.isOpen.after)
  }

  // MARK: The names of the days

  private static let first = CalendarDate(dayNumber: -29_219)  // 1 January 1890
  private static let gregorian = names(from: (1890, 1, 1), .gregorian)
  /// Twelve days behind when the list begins.
  private static let julian = names(from: (1889, 12, 20), .julian)

  private static func names(from first: DateLottery.Name, _ calendar: CalendarSystem)
    -> [DateLottery.Name]
  {
    var names = [first]
    while names.count < 44_195 {
      var (year, month, day) = names[names.count - 1]
      day += 1
      let isLeap =
        year % 4 == 0 && (calendar == .julian || year % 100 != 0 || year % 400 == 0)
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      if day > lengths[month - 1] { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
      names.append((year, month, day))
    }
    return names
  }
}

/// Draws dates of the twentieth century, each with what it means put in another way.
private struct DateLottery {
  typealias Name = (year: Int, month: Int, day: Int)

  struct Ticket {
    var text: String
    var calendar = CalendarSystem.gregorian
    let contains: (Name) -> Bool
  }

  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  private mutating func number(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(limit))
  }

  mutating func next() -> Ticket {
    var ticket: Ticket
    switch number(6) {
    case 0: ticket = interval()
    case 1: ticket = set()
    default: ticket = single()
    }
    if number(4) == 0 {
      ticket.text += " O.S."
      ticket.calendar = .julian
    }
    return ticket
  }

  /// A year, month, season or day, with digits left out anywhere.
  private mutating func single() -> Ticket {
    while true {
      let year = "19" + digits(["0", "2", "X"]) + digits(["0", "4", "7", "X"])
      let month = ["", "", "-02", "-04", "-12", "-1X", "-0X", "-XX", "-X2", "-21", "-24", "-41"]
      let text = year + month[number(month.count)]
      let season = Int(text.suffix(2)).flatMap { text.count == 7 && $0 > 12 ? $0 : nil }
      if let season {
        guard let year = Int(year) else { continue }
        return Ticket(text: text) {
          Self.months(season, year).contains($0.year * 12 + $0.month - 1)
        }
      }
      let day =
        text.count == 4 ? "" : ["", "-01", "-29", "-30", "-XX", "-2X", "-3X", "-X1"][number(8)]
      guard (try? EDTF(text + day)) != nil else { continue }
      let parts = (text + day).split(separator: "-")
      let years = Self.numbers(1900...1999, parts[0])
      let months = Self.numbers(1...12, parts.count > 1 ? parts[1] : "XX")
      let days = Self.numbers(1...31, parts.count > 2 ? parts[2] : "XX")
      return Ticket(text: text + day) {
        days.contains($0.day) && months.contains($0.month) && years.contains($0.year)
      }
    }
  }

  private mutating func digits(_ choices: [String]) -> String { choices[number(choices.count)] }

  private static func months(_ season: Int, _ year: Int) -> ClosedRange<Int> {
    let first = year * 12
    return switch season {
    case 21: (first + 2)...(first + 4)
    case 24: first...(first + 13)
    default: (first + 6)...(first + 11)
    }
  }

  /// Those of some numbers that digits with an X can be.
  private static func numbers(_ numbers: ClosedRange<Int>, _ digits: Substring) -> Set<Int> {
    Set(
      numbers.filter { number in
        zip(number < 10 ? "0\(number)" : "\(number)", digits).allSatisfy { $1 == "X" || $0 == $1 }
      })
  }

  /// A day between 1900 and 1999.
  private mutating func day() -> Name { (1900 + number(100), 1 + number(12), 1 + number(28)) }

  private mutating func twoDays() -> [Name] {
    let (one, other) = (day(), day())
    return one < other ? [one, other] : [other, one]
  }

  private static func text(_ day: Name) -> String {
    let parts = [day.month, day.day].map { $0 < 10 ? "-0\($0)" : "-\($0)" }
    return "\(day.year)\(parts.joined())"
  }

  private mutating func interval() -> Ticket {
    let days = twoDays()
    switch number(4) {
    case 0: return Ticket(text: Self.text(days[0]) + "/..") { $0 >= days[0] }
    case 1: return Ticket(text: "/" + Self.text(days[0])) { $0 <= days[0] }
    case 2:
      return Ticket(text: "\(days[0].year)/\(Self.text(days[1]))") {
        $0.year >= days[0].year && $0 <= days[1]
      }
    default:
      return Ticket(text: "\(Self.text(days[0]))/\(Self.text(days[1]))") {
        days[0] <= $0 && $0 <= days[1]
      }
    }
  }

  private mutating func set() -> Ticket {
    let days = twoDays()
    var members = (0...number(3)).map { _ in single() }
    switch number(3) {
    case 0: members.insert(Ticket(text: "..\(days[0].year)") { $0.year <= days[0].year }, at: 0)
    case 1: members.append(Ticket(text: Self.text(days[1]) + "..") { $0 >= days[1] })
    default:
      members.append(
        Ticket(text: "\(Self.text(days[0]))..\(Self.text(days[1]))") {
          days[0] <= $0 && $0 <= days[1]
        })
    }
    let inner = members.map(\.text).joined(separator: ",")
    let all = members
    return Ticket(text: number(2) == 0 ? "[\(inner)]" : "{\(inner)}") { day in
      all.contains { $0.contains(day) }
    }
  }
}
