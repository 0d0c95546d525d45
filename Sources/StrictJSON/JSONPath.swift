/// How a place inside a value is written: `claims[3].value`, `["odd key"].x`.
enum JSONPath {
  /// A key as a path shows it: bare if it reads as a name, in brackets and quotes otherwise.
  static func member(_ key: String) -> String {
    let isName =
      !key.isEmpty
      && key.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
          true
        default:
          byte >= 0x80
        }
      }
    return isName ? key : "[\(JSON.string(key).text)]"
  }

  /// One path continued by another.
  static func join(_ head: String, _ tail: String) -> String {
    if head.isEmpty { return tail }
    if tail.isEmpty || tail.hasPrefix("[") { return head + tail }
    return head + "." + tail
  }
}
