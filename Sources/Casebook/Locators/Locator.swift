/// Where something stands in a source, as people write it: `p. 41`, `pp. 22–[23], 41 and 43`, `II, p. 5`, `ch. 5 ¶ 2`,
/// `vol. 2, pp. 321–28, n. 7`, `Bl. 12v`, `с. 41 сл.`; English, German, French and Russian words for units.
///
/// Numbers alone are pages. Brackets only say that a label was worked out. A semicolon divides places from each other.
public struct Locator: Hashable, Sendable {
  /// One place: what it lies in and the labels of each unit.
  struct Place: Hashable, Sendable {
    var units: [LocatorUnit: [LocatorRange]] = [:]
    /// Words that name no unit, such as those of a sketch or an appendix, in lower case.
    var words: [String] = []
  }

  /// The places, in order.
  let places: [Place]

  /// Reads a locator; what is no unit and no number is a word of it, so that there is nothing which cannot be read.
  public init(_ text: String) {
    places = text.split(separator: ";").map { LocatorParser.place(in: $0) }
  }

  init(places: [Place]) { self.places = places }

  /// Whether one of its places is, or lies in, what the other names: every unit that this one has is there in the other
  /// and overlaps with it, and every word stands there too. “41” is named by “pp. 40–42”, “II, p. 5” by “II, pp. [5–6]”.
  public func isNamed(by other: Locator) -> Bool {
    places.contains { wanted in
      other.places.contains { place in
        wanted.words.allSatisfy(place.words.contains)
          && wanted.units.allSatisfy { unit, ranges in place.holds(ranges, of: unit) }
      }
    }
  }
}

extension Locator.Place {
  func holds(_ ranges: [LocatorRange], of unit: LocatorUnit) -> Bool {
    units[unit]?.contains { own in ranges.contains(where: own.overlaps) } ?? false
  }
}
