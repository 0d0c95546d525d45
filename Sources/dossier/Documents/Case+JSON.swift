import Casebook
import CasebookStore
import StrictJSON

extension View {
  /// A line of `case list`.
  func json(row file: Case) -> JSON {
    .document(
      ("slug", .string(file.slug.text)),
      ("name", .string(file.title)),
      ("kind", .string(file.kind.rawValue)),
      ("status", file.isClosed ? "closed" : "open"),
      ("claims", .integer(file.sortedClaims.count { $0.status == .current })),
      ("annotations", .integer(file.annotations.sorted.count { !$0.isWithdrawn })),
      ("sources", .slugs(file.sources)),
      ("lastPosition", .integer(file.lastPosition)))
  }

  /// A case with everything that stands in it, as `case show` gives it.
  func json(_ file: Case) -> JSON {
    let claims = file.sortedClaims.filter { $0.status == .current }
    let names = claims.filter { $0.content.predicate.hasPrefix("name.") }
    return .document(
      ("basis", basisJSON),
      ("case", json(row: file)),
      ("version", .integer(file.version)),
      ("aliases", .array(Self.distinct(names.compactMap { $0.content.assertion.value?.display }))),
      ("claims", .array(claims.map { json($0, in: file) })),
      ("disputes", .array(file.sortedDisputes.map { json($0, in: file) })),
      (
        "annotations",
        .array(
          file.annotations.sorted.filter { !$0.isWithdrawn }.map { json($0, home: file.slug) })
      ),
      (
        "identities",
        .array(
          file.sortedIdentities.map {
            .document(
              ("case", .string($0.content.other.text)),
              ("judgement", .string($0.content.judgement.rawValue)),
              ("grounds", .string($0.content.grounds)), ("recordedAt", .instant($0.recorded.at)),
              ("recordedBy", .string($0.recorded.by)), ("position", .integer($0.recorded.position)))
          })
      ),
      ("conclusions", .array(file.standingConclusions.map { json($0, in: file) })))
  }

  private static func distinct(_ texts: [String]) -> [JSON] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }.map(JSON.string)
  }
}
