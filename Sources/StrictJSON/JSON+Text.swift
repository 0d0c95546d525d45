extension JSON {
  /// The value on one line without spaces, its members in order, escaping only what must be.
  ///
  /// A NUL, which no parsed value holds, is written `\u0000`.
  public var text: String {
    JSONWriter.write(self, .init())
  }

  /// The value on one line with the members of every object sorted by key.
  ///
  /// As in RFC 8785 keys are sorted by their UTF-16 code units and strings escaped minimally;
  /// numbers, however, stay as they were written.
  public var canonicalText: String {
    JSONWriter.write(self, .init(sortsMembers: true))
  }

  /// The value over several lines, indented by two spaces a level, without a final line break.
  public var prettyText: String {
    JSONWriter.write(self, .init(indents: true))
  }
}

extension JSON: CustomStringConvertible {
  /// The value on one line.
  public var description: String {
    text
  }
}

extension JSONObject {
  /// The object on one line, as `JSON.text` writes it.
  public var text: String {
    JSON.object(self).text
  }
}
