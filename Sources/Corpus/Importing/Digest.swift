import Casebook
import Crypto
import EDTF
import StrictJSON

/// The digest of an entry: SHA-256 over the canonical JSON of what it means, defaults applied. Layout, quoting and the
/// order of fields do not change it. Digests are kept in the log for ever, so these forms are never changed.
enum Digest {
  static func of(_ members: (String, JSON?)...) -> String {
    let object = JSONObject(members.compactMap { key, value in value.map { (key, $0) } })
    return hexadecimal(JSON.object(object).canonicalText)
  }

  static func hexadecimal(_ text: String) -> String {
    SHA256.hash(data: Array(text.utf8)).hexadecimal
  }
}

extension JSON {
  /// A text, nil when there is none.
  static func optional(_ text: String?) -> JSON? { text.map(JSON.string) }

  static func list(_ texts: [String]) -> JSON { .array(texts.map(JSON.string)) }
}

// MARK: Claims and what hangs on them

extension ClaimEntry {
  /// The digest of the claim, without its citations: they have their own.
  var digest: String {
    Digest.of(
      ("predicate", .string(draft.predicate)), ("state", .string(draft.state.rawValue)),
      ("value", .optional(draft.value)), ("not", draft.isNegative ? true : nil),
      ("hedge", .optional(draft.hedge)), ("asWritten", .optional(draft.asWritten)),
      ("stance", .string(draft.stance.rawValue)), ("saidBy", .optional(draft.saidBy)),
      ("with", .object(JSONObject(draft.qualifiers.map { ($0.key, .string($0.value)) }))),
      ("source", .optional(draft.source)), ("locator", .optional(draft.locator)),
      ("quote", .optional(draft.quote)))
  }
}

extension CitationEntry {
  /// The digest of the citation, which belongs to the entry `owner`.
  func digest(on owner: String) -> String {
    Digest.of(
      ("on", .string(owner)), ("work", .string(work.text)), ("locator", .optional(locator)),
      ("note", .optional(note)), ("as", .string(role.rawValue)))
  }
}

extension AnnotationEntry {
  var digest: String {
    Digest.of(
      ("on", .string(target ?? "case")), ("text", .string(text)),
      ("motivation", .optional(motivation?.rawValue)), ("tags", .list(tags)))
  }
}

extension DisputeEntry {
  var digest: String {
    Digest.of(
      ("claim", .string(claim)), ("grounds", .string(grounds)), ("counter", .optional(counter)))
  }
}

// MARK: The casebook's own

extension Entry where Content == CaseContent {
  var digest: String {
    Digest.of(("kind", .string(content.kind.rawValue)), ("name", .optional(content.name)))
  }
}

extension Entry where Content == Predicate {
  var digest: String {
    Digest.of(
      ("label", .string(content.label)), ("type", .string(content.type.rawValue)),
      ("values", .string(content.cardinality.rawValue)),
      (
        "qualifiers",
        .array(
          content.qualifiers.map { qualifier in
            [
              "id": .string(qualifier.id), "type": .string(qualifier.type.rawValue),
              "terms": .list(qualifier.terms),
            ]
          })
      ),
      (
        "terms",
        .array(
          content.terms.map { term in
            ["id": .string(term.id), "label": term.label.map(JSON.string) ?? .null]
          })
      ), ("comparison", .string(content.comparison.rawValue)), ("scope", .string(content.scope)))
  }
}

extension Entry where Content == SourceContent {
  var digest: String {
    Digest.of(
      ("title", .string(content.title)), ("issued", .optional(content.issued?.text)),
      ("issuedTo", .optional(content.issuedTo)), ("csl", content.csl.map(JSON.object)))
  }
}

extension Entry where Content == SourceCopy {
  var digest: String {
    Digest.of(
      ("kind", .string(content.kind.rawValue)), ("description", .string(content.description)))
  }
}

extension Entry where Content == SourceDerivation {
  var digest: String {
    Digest.of(
      ("from", .string(content.from.text)), ("grounds", .string(content.grounds)),
      ("locator", .optional(content.locator)))
  }
}

extension Entry where Content == TabulationContent {
  var digest: String {
    let population: String =
      switch content.population {
      case .group(let slug): slug.text
      case .tabulation(let id): "tabulation/\(id)"
      }
    return Digest.of(
      ("source", .string(content.source.text)), ("locator", .string(content.locator)),
      ("statement", .string(content.statement)), ("quote", .optional(content.quote)),
      ("count", content.count.map { .integer($0) }), ("bound", .string(content.bound.rawValue)),
      ("population", .string(population)), ("yes", .list(content.namedYes.map(\.text))),
      ("no", .list(content.namedNo.map(\.text))), ("criterion", .string(content.criterion)))
  }
}
