/// Text in Markdown (CommonMark, with the tables and footnotes that most readers know).
enum Markdown {
  /// The text on one line, with nothing in it that Markdown would take for a sign of its own.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if character.isNewline {
        result += " "
      } else {
        if #"\`*_[]<>|#^~"#.contains(character) { result += "\\" }
        result.append(character)
      }
    }
    return result
  }
}
