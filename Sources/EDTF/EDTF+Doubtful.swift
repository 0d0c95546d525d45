extension EDTF {
  /// The years that whoever wrote `1935-36` probably meant, `1935/1936`; nil where nothing speaks against the reading as it
  /// is written, in which 36 stands for the last quarter of 1935 and 21 to 41 for other parts of a year.
  ///
  /// `-1945` and `?-1945` are read as 1946 BC; whoever wrote them probably meant an end in 1945, `../1945` and `/1945`.
  public var probablyMeant: EDTF? {
    if let match = text.wholeMatch(of: /(\?)?-([12][0-9]{3}(?:-[0-9]{2}){0,2})/) {
      return try? EDTF(strictly: (match.1 == nil ? "../" : "/") + match.2)
    }
    guard let match = text.wholeMatch(of: /([0-9]{2})([0-9]{2})-(2[1-9]|3[0-9]|4[01])/),
      match.2 < match.3
    else { return nil }
    return try? EDTF(strictly: "\(match.1)\(match.2)/\(match.1)\(match.3)")
  }
}
