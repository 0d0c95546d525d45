import Calendar
import Casebook
import EDTF
import StrictJSON

extension EDTF {
  /// The calendar where it has to be said: a date is in today's unless told otherwise.
  var statedCalendar: String? { calendar == .julian ? calendar.rawValue : nil }
}

/// Small pieces that every document is made of. Keys are promised to others: fields may be added, never renamed.
extension JSON {
  /// An object of the members that are there, in order.
  static func document(_ members: (String, JSON?)...) -> JSON {
    .object(JSONObject(members.compactMap { key, value in value.map { (key, $0) } }))
  }

  static func text(_ text: String?) -> JSON? { text.map(JSON.string) }

  static func slugs(_ slugs: some Sequence<Slug>) -> JSON {
    .array(slugs.map { .string($0.text) })
  }

  static func instant(_ instant: Instant) -> JSON { .string(instant.description) }
}
