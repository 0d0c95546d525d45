extension String {
  /// Whether both have the same bytes; `==` takes canonically equivalent texts for equal.
  func isIdentical(_ other: String) -> Bool {
    // Most texts that differ also differ in length or for `==`, which is quick to tell.
    guard utf8.count == other.utf8.count, self == other else { return false }
    return withBytes { bytes in other.withBytes { bytes.elementsEqual($0) } }
  }

  /// Calls the body with the UTF-8 in one piece.
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    utf8.withContiguousStorageIfAvailable(body) ?? Array(utf8).withUnsafeBufferPointer(body)
  }
}
