/// What an analyst can point at: `gouzenko`, `gouzenko/c12`, `fbi-1955/a1`, `tabulation/fourteen`, `casebook/a2`, `@412`.
/// References are stored in events and stable for ever.
public enum Reference: Hashable, Sendable {
  /// A case or a source; the two share one namespace in a casebook.
  case file(Slug)
  /// A numbered thing inside a case, a source or the casebook.
  case item(ItemReference)
  /// A count that a source states.
  case tabulation(Slug)
  /// An event by its position in the log.
  case event(Int64)

  /// Reads a reference.
  ///
  /// - Throws: `Refusal` with `badReference` naming the text and the forms that exist.
  public init(_ text: String) throws(Refusal) {
    if text.hasPrefix("@") {
      guard let position = ItemReference.number(text.dropFirst()) else {
        throw Refusal(
          .badReference, "\"\(text)\" is not an event",
          remedy: "Write @ and a position, such as @412.")
      }
      self = .event(position)
      return
    }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    switch parts.count {
    case 1:
      self = .file(try Slug(text))
    case 2 where parts[0] == "tabulation":
      self = .tabulation(try Slug(parts[1]))
    case 2:
      self = .item(try ItemReference(text))
    default:
      throw ItemReference.malformed(text)
    }
  }

  /// The case, source or casebook it belongs to; nil for tabulations and events.
  public var home: Slug? {
    switch self {
    case .file(let slug): slug
    case .item(let item): item.home
    case .tabulation, .event: nil
    }
  }
}

extension Reference: CustomStringConvertible {
  /// The reference as an analyst types it.
  public var description: String {
    switch self {
    case .file(let slug): slug.text
    case .item(let item): item.description
    case .tabulation(let slug): "tabulation/\(slug)"
    case .event(let position): "@\(position)"
    }
  }
}
