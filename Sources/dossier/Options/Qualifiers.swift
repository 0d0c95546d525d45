/// Reads qualifiers as they are given with `--with KEY=VALUE`.
enum Qualifiers {
  /// The values by key.
  ///
  /// - Throws: `Failure` for one without key or value, and for one that is given twice.
  static func read(_ texts: [String]) throws(Failure) -> [String: String] {
    var qualifiers: [String: String] = [:]
    for text in texts {
      guard let cut = text.firstIndex(of: "="), cut != text.startIndex else {
        throw Failure(.usage, "\"\(text)\" is not a qualifier. Write --with KEY=VALUE")
      }
      let key = String(text[..<cut])
      guard text.index(after: cut) != text.endIndex else {
        throw Failure(
          .usage,
          "the qualifier \(key) has no value. Write --with \(key)=VALUE; a correction takes it away "
            + "with --clear \(key)")
      }
      guard qualifiers.updateValue(String(text[text.index(after: cut)...]), forKey: key) == nil
      else {
        throw Failure(.usage, "the qualifier \(key) is given twice. Give it once")
      }
    }
    return qualifiers
  }
}
