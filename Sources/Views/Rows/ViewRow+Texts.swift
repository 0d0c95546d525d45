extension ViewRow {
  /// The bytes of the first columns; nil for null.
  func fields(_ count: Int) -> [ArraySlice<UInt8>?] {
    var fields: [ArraySlice<UInt8>?] = []
    var index = 0
    while fields.count < count, index + 4 <= bytes.count {
      let length = bytes[index..<index + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      index += 4
      guard length != .max else {
        fields.append(nil)
        continue
      }
      fields.append(bytes[index..<index + Int(length)])
      index += Int(length)
    }
    return fields
  }

  /// The columns as people read them; nil for null.
  func texts(_ projection: any Projection.Type) -> [String?] {
    zip(fields(projection.columns.count), projection.columns).map { field, column in
      field.map { Self.text($0, column.type) }
    }
  }

  private static func text(_ bytes: ArraySlice<UInt8>, _ type: ViewColumn.ValueType) -> String {
    switch type {
    case .text, .json: String(decoding: bytes, as: UTF8.self)
    case .boolean: bytes.first == 1 ? "true" : "false"
    case .integer: "\(Int32(truncatingIfNeeded: integer(bytes)))"
    case .bigint: "\(integer(bytes))"
    // Days and moments are told as PostgreSQL counts them, since 2000.
    case .date: "day \(Int32(truncatingIfNeeded: integer(bytes)))"
    case .timestamp: "microsecond \(integer(bytes))"
    case .texts: elements(Array(bytes)).joined(separator: "; ")
    }
  }

  private static func integer(_ bytes: ArraySlice<UInt8>) -> Int64 {
    Int64(bitPattern: bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }

  /// The elements of an array of texts, which begin after its dimensions.
  private static func elements(_ bytes: [UInt8]) -> [String] {
    guard bytes.count >= 20 else { return [] }
    let row = ViewRow(bytes: Array(bytes[20...]), keyLength: 0)
    return row.fields(bytes.count).map { String(decoding: $0 ?? [], as: UTF8.self) }
  }
}
