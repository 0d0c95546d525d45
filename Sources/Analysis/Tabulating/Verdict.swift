import Casebook

/// Whether a source's own claims bear out a count that it states.
public enum Verdict: String, Sendable, CaseIterable {
  /// They do.
  case reproduced
  /// More cases count than are stated.
  case over
  /// Too few would count even if every silent case did.
  case short
  /// The silent cases could make it so, or not.
  case indeterminate
}

extension Verdict {
  /// Compares the count with what the claims say.
  ///
  /// - Parameters:
  ///   - stated: the count and how it bounds the true one.
  ///   - yes: cases that count.
  ///   - silent: cases of which no claim decides.
  ///   - members: cases that certainly belong to the population.
  ///   - possible: cases that may belong to it.
  init(
    _ stated: (count: Int?, bound: TabulationContent.Bound), yes: Int, silent: Int, members: Int,
    possible: Int
  ) {
    // What must be met whatever the silent cases are, and what they could help to meet.
    let certain = Self.needed(stated, of: members + possible)
    let least = Self.needed(stated, of: members)
    self =
      if stated.bound == .exactly, yes > certain {
        .over
      } else if yes >= certain {
        .reproduced
      } else if yes + silent < least {
        .short
      } else {
        .indeterminate
      }
  }

  /// How many of a population of `size` must count: the count stated, else more than half for a *majority*; all but one
  /// in ten, rounded up, and in any event a majority, for *almost all*; everyone for *all*, and the count stated as well.
  static func needed(
    _ stated: (count: Int?, bound: TabulationContent.Bound), of size: Int
  ) -> Int {
    switch stated.bound {
    case .exactly, .atLeast: stated.count ?? 0
    case .majority: stated.count ?? size / 2 + 1
    case .almostAll: stated.count ?? max(size / 2 + 1, size - (size + 9) / 10)
    case .all: max(stated.count ?? 0, size)
    }
  }
}
