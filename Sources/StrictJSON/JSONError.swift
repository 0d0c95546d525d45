/// What is wrong with a JSON text, or with a value that lacks what was asked of it.
public struct JSONError: Error, Hashable, Sendable {
  /// What is wrong, as a phrase without its place.
  public var message: String
  /// The byte at which it went wrong, counted from 0; nil when the value has no text behind it.
  public var offset: Int?
  /// The line, counted from 1.
  public var line: Int?
  /// The column in Unicode scalars, counted from 1.
  public var column: Int?
  /// Where in the value, as in `claims[3].value`; empty at the top.
  public var path: String

  /// An error about the value at a path.
  public init(_ message: String, path: String = "") {
    self.message = message
    self.path = path
  }

  /// An error about a byte of a text; `init(parsing:)` works out line and column.
  init(_ message: String, offset: Int) {
    self.message = message
    self.offset = offset
    self.path = ""
  }

  /// The same error seen from the object that holds the failing value under a key.
  func within(key: String) -> JSONError {
    var error = self
    error.path = JSONPath.join(JSONPath.member(key), path)
    return error
  }

  /// The same error seen from the list that holds the failing value at an index.
  func within(index: Int) -> JSONError {
    var error = self
    error.path = JSONPath.join("[\(index)]", path)
    return error
  }
}

extension JSONError: CustomStringConvertible {
  /// The place and what is wrong there: `line 3, column 14: the key "value" appears twice`.
  public var description: String {
    if let line, let column {
      "line \(line), column \(column): \(message)"
    } else if path.isEmpty {
      message
    } else {
      "\(path): \(message)"
    }
  }
}
