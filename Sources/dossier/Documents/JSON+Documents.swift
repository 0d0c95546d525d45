import Calendar
import Casebook
import StrictJSON

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
