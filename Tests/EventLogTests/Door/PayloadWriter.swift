import StrictJSON
import TestSupport

/// Writes payloads as nobody would: with blanks and escapes that mean nothing, and with faults of every kind.
struct PayloadWriter {
  var random: SeededGenerator

  /// A payload of a type that means what its sample means.
  mutating func restyled(_ type: String) throws -> String {
    let sample = try JSON(parsing: Payloads.all[type] ?? "{}")
    return object(try members(of: sample), isStyled: random.once(in: 2))
  }

  /// A payload of a type with up to three changes, of which some are faults.
  mutating func changed(_ type: String) throws -> String {
    var members = try members(of: JSON(parsing: Payloads.all[type] ?? "{}"))
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      let index = Int.random(in: 0...members.count, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0 where index < members.count: members.remove(at: index)
      case 1 where index < members.count: members.append((members[index].key, value(2)))
      case 2 where index < members.count: members[index].value = value(3)
      case 3: members.insert((random.pick(["extra", "Slug", "", "é"]), value(2)), at: index)
      default: break
      }
    }
    let text = object(members, isStyled: random.once(in: 3))
    switch Int.random(in: 0..<30, using: &random) {
    case 0: return " " + text
    case 1: return text + "\t"
    case 2: return String(text.dropLast(Int.random(in: 1...9, using: &random)))
    case 3: return "[\(text)]"
    case 4: return text.replacing(",", with: ",\n", maxReplacements: 1)
    case 5: return text.replacing("}", with: ",}", maxReplacements: 1)
    default: return text
    }
  }

  private func members(of json: JSON) throws -> [(key: String, value: String)] {
    (json.objectValue?.members ?? []).map { ($0.key, $0.value.text) }
  }

  private mutating func object(
    _ members: [(key: String, value: String)], isStyled: Bool
  ) -> String {
    let texts = members.map { key, value in
      guard isStyled else { return "\(JSON.string(key).text):\(value)" }
      return "\(blank())\(string(key))\(blank()):\(blank())\(value)\(blank())"
    }
    return "{\(texts.joined(separator: ","))}"
  }

  private mutating func blank() -> String { random.pick(["", "", "", " ", "  ", "\t"]) }

  /// A string with some of its characters written as escapes.
  private mutating func string(_ text: String) -> String {
    var written = ""
    for unit in text.utf16 {
      if random.once(in: 8) {
        let digits = String(unit, radix: 16, uppercase: random.once(in: 2))
        written += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      } else {
        written += Unicode.Scalar(unit).map(String.init) ?? "?"
      }
    }
    return "\"\(written)\""
  }

  private static let strings = [
    #""""#, #""plain""#, #""a \"quote\": and a colon""#, #""\\u0000 is no escape""#, #""\u0000""#,
    #""\ud83d\ude00""#, #""\uD83D""#, #""\uDE00\uD83D""#, #""é é""#, #""\x""#, "\"a\u{1}b\"",
    #""{[{[""#, #""1e400""#, #""null""#, #""\/""#, #""ends with \\""#,
  ]

  private static let numbers = [
    "0", "-0", "7", "-12", "1.5", "1e5", "-2.5E-7", "9223372036854775807", "9223372036854775808",
    "1e308", "1e309", "1e400", "-1e-400", "1e-320", "1e99999", "0e400", "01", "1.", "NaN",
    String(repeating: "9", count: 150), "1" + String(repeating: "0", count: 320),
    "0." + String(repeating: "0", count: 330) + "1",
  ]

  private mutating func value(_ depth: Int) -> String {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &random) {
    case 0: return random.pick(["null", "true", "false"])
    case 1: return random.pick(Self.numbers)
    case 2 where random.once(in: 6):
      let levels = random.pick([60, 61, 62, 63, 64, 90, 5000])
      return String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    case 2, 3, 4: return random.pick(Self.strings)
    case 5:
      return
        "[\((0..<Int.random(in: 0...3, using: &random)).map { _ in value(depth - 1) }.joined(separator: ","))]"
    default:
      let count = Int.random(in: 0...3, using: &random)
      let members = (0..<count).map { _ in
        (key: random.pick(["id", "digest", "a", "é", "e\u{301}"]), value: value(depth - 1))
      }
      return object(members, isStyled: random.once(in: 2))
    }
  }
}
