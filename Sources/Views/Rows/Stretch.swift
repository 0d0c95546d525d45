/// A row with the stretch of the log for which it is true.
package struct Stretch: Hashable, Sendable {
  /// The first position for which it is true.
  let from: Int64
  /// The first position for which it is true no more; nil while it is current.
  let to: Int64?
  /// The row.
  let row: ViewRow

  /// The stretch as one tuple of a binary COPY: from, to, and the row's `columns`.
  package func write(to buffer: inout [UInt8], columns: Int) {
    buffer.append(bigEndian: Int16(2 + columns))
    buffer.append(bigEndian: Int32(8))
    buffer.append(bigEndian: from)
    if let to {
      buffer.append(bigEndian: Int32(8))
      buffer.append(bigEndian: to)
    } else {
      buffer.append(bigEndian: Int32(-1))
    }
    buffer.append(contentsOf: row.bytes)
  }
}
