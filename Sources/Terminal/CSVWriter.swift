/// Writes comma-separated values as RFC 4180 describes them, except that lines end with a line feed
/// alone, as every tool on Unix reads them.
public struct CSVWriter: Sendable {
  /// The text so far.
  public private(set) var text = ""

  /// Starts an empty document.
  public init() {}

  /// Adds a record.
  ///
  /// - Parameter fields: Its fields, unescaped.
  public mutating func addRecord(_ fields: [String]) {
    // A record of one empty field would read as an empty line.
    if fields == [""] {
      text += "\"\"\n"
      return
    }
    text += fields.map(Self.quoted).joined(separator: ",")
    text += "\n"
  }

  private static func quoted(_ field: String) -> String {
    let special = field.utf8.contains { byte in
      byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
    }
    // Spaces at the edges are part of a field, but some readers drop them unless it is quoted.
    guard special || field.first == " " || field.last == " " else { return field }
    var result = "\""
    for scalar in field.unicodeScalars {
      if scalar == "\"" { result.unicodeScalars.append("\"") }
      result.unicodeScalars.append(scalar)
    }
    return result + "\""
  }
}
