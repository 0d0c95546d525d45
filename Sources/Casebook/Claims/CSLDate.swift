public import EDTF
import StrictJSON

extension SourceContent {
  /// When it was issued, by its own date or else by its bibliographic data.
  public var dateOfIssue: EDTF? {
    issued ?? csl?["issued"].flatMap(EDTF.init(csl:))
  }
}

extension EDTF {
  /// A date as CSL-JSON writes it: `{"date-parts": [[1927, 5]]}`, two lists for a stretch, `circa`, or EDTF as a text or in
  /// `raw` or `literal`; nil for anything else.
  init?(csl json: JSON) {
    if let text = json.stringValue ?? json["raw"]?.stringValue ?? json["literal"]?.stringValue {
      guard let date = try? EDTF(text) else { return nil }
      self = date
      return
    }
    let dates = (json["date-parts"]?.arrayValue ?? []).map(Self.text)
    let isAbout = json["circa"]?.booleanValue ?? false
    let texts = dates.compactMap { $0.map { isAbout ? $0 + "~" : $0 } }
    guard texts.count == dates.count, let date = try? EDTF(texts.joined(separator: "/")) else {
      return nil
    }
    self = date
  }

  /// Year, month and day, numbers or texts of them.
  private static func text(_ parts: JSON) -> String? {
    let numbers = (parts.arrayValue ?? []).map {
      $0.integerValue ?? $0.stringValue.flatMap { Int($0) }
    }
    let known = numbers.compactMap { $0 }
    guard known.count == numbers.count, let year = known.first else { return nil }
    let digits = String(year.magnitude)
    let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    return (year < 0 ? "-" : "") + padded
      + known.dropFirst().map { $0 < 10 ? "-0\($0)" : "-\($0)" }.joined()
  }
}
