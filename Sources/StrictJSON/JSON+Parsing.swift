extension JSON {
  /// How deep lists and objects may nest unless a caller says otherwise.
  public static let defaultMaximumDepth = 64

  /// Reads one JSON text, strictly as RFC 8259 has it, from its bytes.
  ///
  /// A byte order mark at the start is passed over. Refused beyond what the standard refuses: a key
  /// twice in one object, half a surrogate pair, NUL in any form, invalid UTF-8, a number that no
  /// double can hold, anything after the value.
  ///
  /// - Parameters:
  ///   - bytes: the text in UTF-8.
  ///   - maximumDepth: how many lists and objects may be open at once.
  /// - Throws: `JSONError` with the byte, line and column at fault.
  public init(
    parsing bytes: some Sequence<UInt8>, maximumDepth: Int = defaultMaximumDepth
  ) throws(JSONError) {
    let result = bytes.withContiguousStorageIfAvailable { buffer in
      JSONParser.parse(buffer, maximumDepth: maximumDepth)
    }
    if let result {
      self = try result.get()
    } else {
      self = try Array(bytes).withUnsafeBufferPointer { buffer in
        JSONParser.parse(buffer, maximumDepth: maximumDepth)
      }.get()
    }
  }

  /// Reads one JSON text, strictly as RFC 8259 has it.
  ///
  /// - Parameters:
  ///   - text: the text; see the other initialiser for what is refused.
  ///   - maximumDepth: how many lists and objects may be open at once.
  /// - Throws: `JSONError` with the byte, line and column at fault.
  public init(
    parsing text: String, maximumDepth: Int = defaultMaximumDepth
  ) throws(JSONError) {
    try self.init(parsing: text.utf8, maximumDepth: maximumDepth)
  }
}
