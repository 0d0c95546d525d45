import BundledCorpus

/// The files that the binary carries.
public enum BundledFiles {
  /// Paths within the corpus and the bytes of each file.
  public static let all = files(bundled_corpus_files)

  /// Names of vocabularies and the bytes of each; a casebook begins with the first unless told otherwise.
  static let vocabularies = files(bundled_vocabularies)

  private static func files(
    _ list: (UnsafeMutablePointer<Int>) -> UnsafePointer<bundled_file>?
  ) -> [(path: String, bytes: [UInt8])] {
    var count = 0
    guard let files = list(&count) else { return [] }
    return UnsafeBufferPointer(start: files, count: count).map { file in
      (
        path: String(cString: file.path),
        bytes: Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
      )
    }
  }
}
