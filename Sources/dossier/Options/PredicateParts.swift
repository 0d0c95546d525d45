import Casebook

/// Reads the parts of a predicate as they are given on the command line.
enum PredicateParts {
  /// Qualifiers from `NAME=TYPE` and `NAME=term:A,B`.
  ///
  /// - Throws: `Failure` for one that is written otherwise.
  static func qualifiers(_ texts: [String]) throws(Failure) -> [Predicate.Qualifier] {
    var qualifiers: [Predicate.Qualifier] = []
    for text in texts {
      let (id, type) = cut(text, at: "=")
      let (typeName, terms) = cut(type ?? "", at: ":")
      guard !id.isEmpty, let type = ValueType(rawValue: typeName) else {
        let types = ValueType.allCases.map(\.rawValue).joined(separator: ", ")
        throw Failure(
          .usage,
          "\"\(text)\" is not a qualifier. Write --qualifier NAME=TYPE, the type one of \(types); "
            + "terms as in stage=term:left,announced")
      }
      qualifiers.append(
        .init(id: id, type: type, terms: terms?.split(separator: ",").map(String.init) ?? []))
    }
    return qualifiers
  }

  /// Terms from `NAME` and `NAME=MEANING`.
  static func terms(_ texts: [String]) -> [Predicate.Term] {
    texts.map { text in
      let (id, meaning) = cut(text, at: "=")
      return .init(id: id, label: meaning)
    }
  }

  private static func cut(_ text: String, at mark: Character) -> (String, String?) {
    guard let index = text.firstIndex(of: mark) else { return (text, nil) }
    return (String(text[..<index]), String(text[text.index(after: index)...]))
  }
}
