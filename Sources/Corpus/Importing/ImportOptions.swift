public import Casebook
public import struct FoundationEssentials.UUID
import StrictJSON

/// How to import.
public struct ImportOptions: Sendable {
  /// Why entries changed: the reason of every correction and withdrawal.
  public var message: String?
  /// The kind of every correction of a claim; nil chooses by what changed.
  public var correctionKind: CorrectionKind?
  /// Whether imported entries that are no longer in the files are withdrawn.
  public var withdrawsMissing: Bool
  /// The identity of the request, so that it can be repeated safely; nil draws a new one.
  public var requestID: UUID?
  /// Whether quotes are held against the texts of their sources.
  public var checksQuotes: Bool

  /// Options; the defaults record, correct and report.
  public init(
    message: String? = nil, correctionKind: CorrectionKind? = nil, withdrawsMissing: Bool = false,
    requestID: UUID? = nil, checksQuotes: Bool = true
  ) {
    self.message = message
    self.correctionKind = correctionKind
    self.withdrawsMissing = withdrawsMissing
    self.requestID = requestID
    self.checksQuotes = checksQuotes
  }

  /// What is asked with files of this digest, whatever it comes to.
  func canonicalText(_ digest: String) -> String {
    let object: JSON = [
      "command": "import", "files": .string(digest),
      "message": message.map(JSON.string) ?? .null,
      "kind": correctionKind.map { .string($0.rawValue) } ?? .null,
      "withdrawMissing": .boolean(withdrawsMissing),
    ]
    return object.canonicalText
  }
}
