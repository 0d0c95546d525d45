import Casebook
import CasebookStore
import StrictJSON
import Views

extension CaseRow {
  /// A line of `case list`.
  var json: JSON {
    .document(
      ("slug", .string(slug)), ("name", .string(name)), ("kind", .string(kind)),
      ("status", isClosed ? "closed" : "open"), ("claims", .integer(claims)),
      ("annotations", .integer(annotations)), ("sources", .array(sources.map(JSON.string))),
      ("lastPosition", .integer(lastPosition)))
  }
}

extension View {
  /// A case with everything that stands in it, as `case show` gives it; of several that are taken for one, the first
  /// with what stands in all of them.
  func json(_ files: [Case]) -> JSON {
    let claims = files.flatMap(\.sortedClaims).filter { $0.status == .current }
    let names = claims.filter { $0.content.predicate.hasPrefix("name.") }
    func each(_ items: (Case) -> [JSON]) -> JSON { .array(files.flatMap(items)) }
    return document(
      ("case", files.first.map { CaseRow($0).json }),
      ("joined", files.joinedJSON),
      ("version", files.first.map { .integer($0.version) }),
      ("aliases", .array(Self.distinct(names.compactMap { $0.content.assertion.value?.display }))),
      (
        "claims",
        each { file in
          file.sortedClaims.filter { $0.status == .current }.map { json($0, in: file) }
        }
      ),
      (
        "citations",
        each { file in
          file.sortedCitations.filter { !$0.isWithdrawn }.map { json($0, in: file) }
        }
      ),
      ("disputes", each { file in file.sortedDisputes.map { json($0, in: file) } }),
      (
        "annotations",
        each { file in
          file.annotations.sorted.filter { !$0.isWithdrawn }.map { json($0, home: file.slug) }
        }
      ),
      ("identities", each { file in file.sortedIdentities.map { json($0, of: file) } }),
      ("conclusions", each { file in file.standingConclusions.map { json($0, in: file) } }))
  }

  /// Whether a case is one with another, as an analyst holds.
  private func json(_ identity: Recorded<IdentityContent>, of file: Case) -> JSON {
    .document(
      ("case", .string(file.slug.text)), ("other", .string(identity.content.other.text)),
      ("judgement", .string(identity.content.judgement.rawValue)),
      ("grounds", .string(identity.content.grounds)),
      ("recordedAt", .instant(identity.recorded.at)),
      ("recordedBy", .string(identity.recorded.by)),
      ("position", .integer(identity.recorded.position)))
  }

  private static func distinct(_ texts: [String]) -> [JSON] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }.map(JSON.string)
  }
}

extension [Case] {
  /// The cases that are taken for one; nil when it is one.
  var joinedJSON: JSON? { count > 1 ? .slugs(map(\.slug)) : nil }
}
