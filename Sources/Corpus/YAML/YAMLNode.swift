/// A value in a YAML file with its line. Scalars are texts: dates, numbers, yes and no are what the file says,
/// letter by letter.
enum YAMLNode {
  case scalar(String, line: Int)
  case list([YAMLNode], line: Int)
  case mapping([Member], line: Int)

  /// A field of a mapping.
  struct Member {
    let key: String
    let line: Int
    let value: YAMLNode
  }

  /// The line on which it begins, from 1.
  var line: Int {
    switch self {
    case .scalar(_, let line), .list(_, let line), .mapping(_, let line): line
    }
  }

  /// What it is, in words fit for a message.
  var kindInWords: String {
    switch self {
    case .scalar: "a text"
    case .list: "a list"
    case .mapping: "a set of fields"
    }
  }
}
