/// What a file is that is no plain text, told by how it begins.
struct FileKind {
  /// What it is called: "a PDF".
  let name: String
  /// What to do with a file of that name.
  private let remedy: (String) -> String

  /// Recognizes what people have instead of a text; nil for anything else.
  init?(_ bytes: [UInt8]) {
    func begins(_ text: String, at offset: Int = 0) -> Bool {
      let start = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
      return bytes.dropFirst(offset).starts(with: start)
    }
    let converted = "Take its text out with:"
    let scanned = "Read the text off it first, such as with: tesseract"
    if begins("%PDF-") {
      self.init("a PDF") { "\(converted) pdftotext -layout \($0) text.txt" }
    } else if begins("PK\u{3}\u{4}") {
      self.init(zip: bytes)
    } else if begins("\u{D0}\u{CF}\u{11}\u{E0}") {
      self.init("an old Word file") { "\(converted) libreoffice --convert-to txt:Text \($0)" }
    } else if begins("{\\rtf") {
      self.init("an RTF file") { "\(converted) pandoc -t plain \($0) -o text.txt" }
    } else if Self.isHTML(bytes) {
      self.init("an HTML page") { "\(converted) pandoc -t plain \($0) -o text.txt" }
    } else if begins("\u{FF}\u{FE}") || begins("\u{FE}\u{FF}") {
      self.init("in UTF-16") { "Convert it with: iconv -f UTF-16 -t UTF-8 \($0) -o text.txt" }
    } else if begins("\u{89}PNG") || begins("\u{FF}\u{D8}\u{FF}") || begins("GIF8")
      || begins("II*\0") || begins("MM\0*") || begins("RIFF") && begins("WEBP", at: 8)
    {
      self.init("an image") { "\(scanned) \($0) text" }
    } else if begins("AT&TFORM") {
      self.init("a DjVu file") { "\(converted) djvutxt \($0) text.txt" }
    } else if begins("\u{1F}\u{8B}") {
      self.init("a compressed file") { "Unpack it first, with: gunzip \($0)" }
    } else {
      return nil
    }
  }

  /// Word, OpenDocument and EPUB files are archives too.
  private init(zip bytes: [UInt8]) {
    func holds(_ text: String) -> Bool { bytes.firstRange(of: Array(text.utf8)) != nil }
    let converted = "Take its text out with: pandoc -t plain"
    if holds("word/document.xml") {
      self.init("a Word file (DOCX)") { "\(converted) \($0) -o text.txt" }
    } else if holds("mimetypeapplication/vnd.oasis.opendocument.") {
      self.init("an OpenDocument file") { "\(converted) \($0) -o text.txt" }
    } else if holds("mimetypeapplication/epub+zip") {
      self.init("an EPUB book") { "\(converted) \($0) -o text.txt" }
    } else {
      self.init("a ZIP archive") { "Unpack it first, with: unzip \($0)" }
    }
  }

  private init(_ name: String, remedy: @escaping (String) -> String) {
    self.name = name
    self.remedy = remedy
  }

  private static func isHTML(_ bytes: [UInt8]) -> Bool {
    let lowercased = String(decoding: bytes.prefix(512), as: UTF8.self)
      .drop { $0.isWhitespace || $0 == "\u{FEFF}" }.lowercased()
    return lowercased.hasPrefix("<!doctype html") || lowercased.hasPrefix("<html")
  }

  /// Says that it is no text, and what to do.
  func refusal(of place: String) -> Failure {
    let file = place == "standard input" ? "FILE" : place
    return Failure(.badInput, "\(place) is \(name), and no plain text. \(remedy(file))")
  }
}
