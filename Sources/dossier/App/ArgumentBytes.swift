import Glibc

/// The arguments as the system passed them.
enum ArgumentBytes {
  /// Refuses arguments that are not UTF-8: Swift repairs them silently, and what a person meant to
  /// keep would be changed.
  static func validate() throws(Failure) {
    for number in 1..<max(Int(CommandLine.argc), 1) {
      guard let argument = CommandLine.unsafeArgv[number] else { continue }
      let bytes = Array(UnsafeRawBufferPointer(start: argument, count: strlen(argument)))
      guard let offset = UTF8Text.firstInvalidByte(in: bytes) else { continue }
      throw Failure(
        .badInput,
        "argument \(number) is not UTF-8: byte \(offset) is wrong. Write it in UTF-8, or into a file "
          + "and pass @FILE")
    }
  }
}
