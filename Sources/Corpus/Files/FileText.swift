/// The text of a file, checked before anything reads it: valid UTF-8 without NUL, with line breaks as `\n` and
/// without a byte order mark.
struct FileText {
  /// What it says.
  let text: String
  /// Whether its last line is ended by a line break, as text files end.
  let endsWithLineBreak: Bool

  /// Checks the bytes of `file`; nil, with the problem noted, when they are no text.
  init?(_ bytes: [UInt8], of file: String, _ log: ProblemLog) {
    func refuse(_ message: String, line: Int? = nil) {
      log.add(Problem(file: file, line: line, message: message))
    }
    var bytes = bytes[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    guard bytes.contains(where: { !Self.blanks.contains($0) }) else {
      refuse("the file is empty")
      return nil
    }
    if let index = bytes.firstIndex(of: 0) {
      refuse(
        "a NUL character at byte \(index); the file is not text", line: Self.line(bytes, index))
      return nil
    }
    guard let text = String(validating: Self.plainLineBreaks(bytes), as: UTF8.self) else {
      let index = Self.firstInvalidByte(bytes)
      refuse(
        "the byte at \(index) is not valid UTF-8; save the file as UTF-8, or check whether it was "
          + "cut off", line: Self.line(bytes, index))
      return nil
    }
    endsWithLineBreak = bytes.last == 0x0A || bytes.last == 0x0D
    self.text = text
  }

  private static let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]

  private static func line(_ bytes: ArraySlice<UInt8>, _ index: Int) -> Int {
    bytes[..<index].count { $0 == 0x0A } + 1
  }

  private static func plainLineBreaks(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard bytes.contains(0x0D) else { return bytes }
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    var last: UInt8 = 0
    for byte in bytes {
      // CR LF is one line break, and so is the CR of a very old file.
      if byte != 0x0A || last != 0x0D { plain.append(byte == 0x0D ? 0x0A : byte) }
      last = byte
    }
    return plain[...]
  }

  /// The offset of the first byte that belongs to no character, counted from the start of what the slice was cut from.
  static func firstInvalidByte(_ bytes: ArraySlice<UInt8>) -> Int {
    var decoder = UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var offset = bytes.startIndex
    while true {
      switch decoder.parseScalar(from: &iterator) {
      case .valid(let scalar): offset += scalar.count
      case .error, .emptyInput: return offset
      }
    }
  }
}
