import BundledCorpus

/// The files that the binary carries.
public enum BundledFiles {
  /// Paths within the corpus and the bytes of each file.
  public static let all: [(path: String, bytes: [UInt8])] = {
    var count = 0
    guard let files = bundled_corpus_files(&count) else { return [] }
    return UnsafeBufferPointer(start: files, count: count).map { file in
      (
        path: String(cString: file.path),
        bytes: Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
      )
    }
  }()
}
