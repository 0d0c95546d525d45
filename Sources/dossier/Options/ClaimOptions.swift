import ArgumentParser
import Calendar
import Casebook
import EDTF

/// How a source puts what it says: shared by recording and correcting a claim.
struct ClaimOptions: ParsableArguments {
  @Option(name: [.short, .long], help: "Where in the source, such as 'p. 41'.")
  var locator: String?

  @Option(name: [.short, .long], help: "The exact words there; - reads them from standard input.")
  var quote: String?

  @Option(name: .long, help: "The source's wording of the value, where it differs.")
  var asWritten: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The calendar in which the source gives the date that is the value: gregorian, or julian (Old Style), which is "
        + "also written O.S. after any date.", valueName: "calendar"))
  var calendar: CalendarSystem?

  @Option(name: .long, help: "The source's own words of doubt, such as 'presumed'.")
  var hedge: String?

  @Flag(name: .customLong("not"), help: "The source says that it was not this value.")
  var isNegative = false

  @Flag(name: .long, help: "The source says that it does not know.")
  var unknown = false

  @Flag(name: .long, help: "The source says that there is none.")
  var none = false

  @Flag(name: .long, help: "The source says that there is one, without saying which.")
  var some = false

  @Option(name: .long, help: "The source reports it of WHO: a case, a source, or words.")
  var reports: String?

  @Option(name: .long, help: "The source passes on what WHO said and doubts it.")
  var doubts: String?

  @Option(name: .long, help: "The source passes on what WHO said and denies it.")
  var denies: String?

  @Option(
    name: .customLong("with"), parsing: .singleValue,
    help: ArgumentHelp("A qualifier, such as from=1937. May be repeated.", valueName: "key=value"))
  var with: [String] = []

  func validate() throws {
    guard [unknown, none, some].count(where: { $0 }) <= 1 else {
      throw ValidationError("--unknown, --none and --some exclude each other: give one of them.")
    }
    guard [reports, doubts, denies].count(where: { $0 != nil }) <= 1 else {
      throw ValidationError(
        "--reports, --doubts and --denies exclude each other: give one of them.")
    }
  }

  /// A value that was given, marked as a date in the calendar that was given with it.
  ///
  /// - Throws: `EDTFError` if it is no date then, `Failure` if there is none.
  func dated(_ value: String?) throws -> String? {
    guard let calendar else { return value }
    guard let value else {
      throw Failure(
        .usage, "--calendar says in which calendar a date is. Give the date as the value")
    }
    let date = try EDTF(
      calendar == .julian && !value.hasSuffix("O.S.") ? "\(value) O.S." : value)
    guard date.calendar == calendar else {
      throw Failure(.usage, "\(value) is Old Style, and --calendar says otherwise. Leave one out")
    }
    return date.description
  }

  var state: Assertion.State? {
    if unknown { return .unknown }
    if none { return .noValue }
    return some ? .someValue : nil
  }

  var attribution: (stance: Attribution.Stance, saidBy: String)? {
    if let reports { return (.reports, reports) }
    if let doubts { return (.doubts, doubts) }
    return denies.map { (.denies, $0) }
  }

  func qualifiers() throws -> [String: String] { try Qualifiers.read(with) }

  /// Puts what was given into a draft.
  func fill(_ draft: inout ClaimDraft) throws {
    draft.locator = locator
    draft.quote = try quote.map { try TextArgument.quote($0) }
    draft.asWritten = asWritten
    draft.hedge = hedge
    draft.isNegative = isNegative
    if let state { draft.state = state }
    if let (stance, who) = attribution {
      draft.stance = stance
      draft.saidBy = who
    }
    draft.qualifiers = try qualifiers()
  }
}
