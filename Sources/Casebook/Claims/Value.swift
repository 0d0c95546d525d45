import Calendar
public import EDTF
import StrictJSON

/// A typed value of a claim or a qualifier.
public enum Value: Hashable, Sendable {
  case text(String)
  /// An Extended Date/Time Format expression (ISO 8601-2), as the page has it: `1870-04-10 O.S.` in the Julian calendar.
  case date(EDTF)
  case place(String)
  case name(String)
  /// The id of a term in the predicate's list.
  case term(String)
  /// A decimal number as it was written.
  case number(String)
  case boolean(Bool)
  case caseFile(Slug)
  /// A registered source.
  case work(Slug)

  /// The type it belongs to.
  public var type: ValueType {
    switch self {
    case .text: .text
    case .date: .date
    case .place: .place
    case .name: .name
    case .term: .term
    case .number: .number
    case .boolean: .boolean
    case .caseFile: .caseFile
    case .work: .work
    }
  }

  /// The value as it is shown and as it is typed in.
  public var display: String {
    switch self {
    case .text(let text), .place(let text), .name(let text), .term(let text), .number(let text):
      text
    case .date(let date): date.description
    case .boolean(let flag): flag ? "yes" : "no"
    case .caseFile(let slug), .work(let slug): slug.text
    }
  }
}

extension Value {
  /// The date, if it is one.
  public var date: EDTF? {
    if case .date(let date) = self { date } else { nil }
  }
}

// MARK: JSON

extension Value {
  /// The self-describing form kept in events: an object with one member, named after the type, and beside a date in the
  /// Julian calendar that calendar.
  var json: JSON {
    switch self {
    case .boolean(let flag): ["boolean": .boolean(flag)]
    case .date(let date) where date.calendar == .julian:
      ["date": .string(date.text), "calendar": .string(date.calendar.rawValue)]
    default: .object(JSONObject([(Self.key(type), .string(display))]))
    }
  }

  /// Where it stands, `path`, is only asked for when something is wrong.
  init(json: JSON, path: @autoclosure () -> String) throws(JSONError) {
    guard let object = json.objectValue, let member = object.members.first,
      object.count == 1 || object["date"] != nil && object["calendar"] != nil && object.count == 2
    else {
      throw JSONError("expected a value such as {\"text\": \"…\"}", path: path())
    }
    if let calendar = object["calendar"] {
      self = .date(try Self.date(object["date"], calendar, path: path()))
      return
    }
    var inner: String { "\(path()).\(member.key)" }
    if member.key == "boolean" {
      guard let flag = member.value.booleanValue else {
        throw JSONError("expected true or false", path: inner)
      }
      self = .boolean(flag)
      return
    }
    guard let text = member.value.stringValue else {
      throw JSONError("expected a text", path: inner)
    }
    do {
      switch member.key {
      case "text": self = .text(text)
      case "date": self = .date(try EDTF(text, in: .gregorian))
      case "place": self = .place(text)
      case "name": self = .name(text)
      case "term": self = .term(text)
      case "number": self = .number(text)
      case "case": self = .caseFile(try Slug(text))
      case "work": self = .work(try Slug(text))
      default: throw JSONError("there is no value type \"\(member.key)\"", path: path())
      }
    } catch let error as JSONError {
      throw error
    } catch {
      throw JSONError("\(error)", path: inner)
    }
  }

  /// A date that is kept with its calendar.
  private static func date(
    _ text: JSON?, _ calendar: JSON, path: String
  ) throws(JSONError) -> EDTF {
    guard let text = text?.stringValue, calendar.stringValue == CalendarSystem.julian.rawValue
    else { throw JSONError("expected a date, and julian where a calendar is named", path: path) }
    do { return try EDTF(text, in: .julian) } catch {
      throw JSONError("\(error)", path: "\(path).date")
    }
  }

  private static func key(_ type: ValueType) -> String {
    type == .boolean ? "boolean" : type.rawValue
  }
}
