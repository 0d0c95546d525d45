import StrictJSON
import Yams

extension YAMLNode {
  /// How deep values may lie within one another.
  private static let depth = 20
  private static let tooDeep = "values lie too deep within one another"

  /// Reads the one document of a file; nil, with the problem noted, when there is none.
  init?(_ text: String, of file: String, _ log: ProblemLog) {
    func refuse(_ message: String, _ line: Int? = nil) {
      log.add(Problem(file: file, line: line, message: message))
    }
    if let (name, line) = Self.firstAlias(in: text) {
      refuse("the alias *\(name) is not read here; write the text out", line)
      return nil
    }
    // The parser keeps a pointer into the text; a text this long is not kept inside the String itself.
    let text = text + String(repeating: "\n", count: 16)
    do {
      let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
      guard let root = try parser.singleRoot() else {
        refuse("the file is empty")
        return nil
      }
      self = try withExtendedLifetime(parser) { try Self.convert(root, depth: Self.depth) }
    } catch let error as Refused {
      refuse(error.message, error.line)
      return nil
    } catch let error as YamlError {
      let (message, line) = Self.inWords(error)
      refuse(message, line)
      return nil
    } catch {
      refuse("\(error)")
      return nil
    }
  }

  private struct Refused: Error {
    let message: String
    let line: Int?
  }

  private static func convert(_ node: Node, depth: Int) throws(Refused) -> YAMLNode {
    let line = node.mark?.line ?? 1
    func refuse(_ message: String) -> Refused { Refused(message: message, line: line) }
    guard depth > 0 else { throw refuse(tooDeep) }
    guard node.anchor == nil else { throw refuse("anchors are not read here; remove the &") }
    if let tag = node.foreignTag { throw refuse("the tag \(tag) is not read here; take it out") }
    switch node {
    case .scalar(let scalar):
      guard !scalar.string.utf8.contains(0) else { throw refuse("a NUL character in a text") }
      // A lone ~ is YAML's nothing, not a text.
      let isNothing = scalar.style == .plain && scalar.string == "~"
      return .scalar(isNothing ? "" : scalar.string, line: line)
    case .sequence(let sequence):
      var list: [YAMLNode] = []
      for item in sequence { list.append(try convert(item, depth: depth - 1)) }
      return .list(list, line: line)
    case .mapping(let mapping):
      var members: [Member] = []
      for (key, value) in mapping {
        guard case .scalar(let name, let line) = try convert(key, depth: 2) else {
          throw refuse("a field's name must be a text")
        }
        members.append(
          Member(key: name, line: line, value: try convert(value, depth: depth - 1)))
      }
      return .mapping(members, line: line)
    case .alias:
      throw refuse("aliases are not read here; write the text out")
    }
  }

  /// What went wrong, and on which line.
  private static func inWords(_ error: YamlError) -> (String, Int?) {
    switch error {
    case .parser(_, let problem, let mark, _) where problem.hasPrefix("Maximum nesting level"):
      return (tooDeep, mark.line)
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let words = [context?.text, problem].compactMap { $0 }.filter { !$0.isEmpty }
      return ("not valid YAML: \(words.joined(separator: ", "))", mark.line)
    case .reader(let problem, let offset, let value, let yaml):
      let line = offset.map { offset in yaml.prefix(offset).utf8.count { $0 == 0x0A } + 1 }
      let code = value >= 0 ? " (code \(value))" : ""
      return ("not valid YAML: \(problem)\(code)", line)
    case .duplicatedKeysInMapping(let duplicates, let context):
      let names = duplicates.map { "\"\($0)\"" }.joined(separator: ", ")
      return ("the field \(names) appears twice in the same place; keep one", context.mark.line)
    default:
      return ("not valid YAML", nil)
    }
  }

  /// The first alias that could repeat an anchor of the text. A few aliases can stand for more values than memory
  /// holds, so none reaches the parser; a text that merely looks like one has no anchor of that name.
  private static func firstAlias(in text: String) -> (name: String, line: Int)? {
    let bytes = Array(text.utf8)
    let anchors = Set(marks(UInt8(ascii: "&"), in: bytes).map(\.name))
    guard !anchors.isEmpty else { return nil }
    return marks(UInt8(ascii: "*"), in: bytes).first { anchors.contains($0.name) }
  }

  /// Names that follow the `sign` where a value could begin.
  private static func marks(_ sign: UInt8, in bytes: [UInt8]) -> [(name: String, line: Int)] {
    var found: [(name: String, line: Int)] = []
    var line = 1
    var last = UInt8(ascii: "\n")
    for (index, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "\n") { line += 1 }
      if byte == sign, " \n\t[{,".utf8.contains(last) {
        let name = bytes[(index + 1)...].prefix { !" \n\t[]{},".utf8.contains($0) }
        if !name.isEmpty { found.append((String(decoding: name, as: UTF8.self), line)) }
      }
      last = byte
    }
    return found
  }
}
