/// A file that is a list of entries, each named by its first field.
struct ListOfEntries {
  /// The fields of each entry.
  private(set) var entries: [Fields] = []

  /// The entries of `root`; `key` is the field that names each, and no two may share it.
  init(_ root: YAMLNode, file: String, named key: String, _ log: ProblemLog) {
    guard case .list(let nodes, _) = root else {
      log.add(
        Problem(
          file: file, line: root.line,
          message: "expected a list of entries that begin with \"- \(key): …\", not "
            + root.kindInWords))
      return
    }
    var first: [String: Int] = [:]
    for (index, node) in nodes.enumerated() {
      var place = "[\(index)]"
      var name: String?
      if case .mapping(let members, _) = node,
        case .scalar(let text, _)? = members.first(where: { $0.key == key })?.value
      {
        place += " (\(text))"
        name = text
      }
      guard let fields = Fields(node, of: file, at: place, log) else { continue }
      if let name {
        if let line = first[name] {
          fields.refuse("\(key) \"\(name)\" is on line \(line) already; keep one", at: key)
          continue
        }
        first[name] = fields.line
      }
      entries.append(fields)
    }
  }
}
