/// A row of a view, without the stretch of the log for which it is true.
///
/// It is kept as PostgreSQL's binary COPY has it (PostgreSQL manual, COPY, binary format): what is folded can be
/// written as it is, and compared with what is stored byte by byte.
public struct ViewRow: Hashable, Sendable {
  /// Every column in the view's order: its length as four bytes, and its value.
  let bytes: [UInt8]
  /// How many of the bytes are the columns that tell it from other rows.
  let keyLength: Int

  init(bytes: [UInt8], keyLength: Int) {
    self.bytes = bytes
    self.keyLength = keyLength
  }

  /// The columns that tell it from other rows of its view.
  var key: ArraySlice<UInt8> { bytes[..<keyLength] }
}
