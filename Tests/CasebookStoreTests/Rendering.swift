@testable import Casebook
import CasebookStore
import EventLog
import StrictJSON

/// Everything that a state holds, as one text: what two readings must agree on to the byte.
enum Rendering {
  /// The casebook's own stream, its sources, and the cases in the order of their short names.
  static func text(_ view: View, cases: [Case]) -> String {
    JSON.object([
      "position": .integer(view.basis.position),
      "register": register(view.state.register),
      "sources": .array(view.state.sources.values.sorted { $0.slug < $1.slug }.map(source)),
      "cases": .array(cases.sorted { $0.slug < $1.slug }.map(file)),
    ]).prettyText
  }

  private static func file(_ file: Case) -> JSON {
    .object([
      "slug": .string(file.slug.text), "kind": .string(file.kind.rawValue),
      "name": text(file.name), "closed": .boolean(file.isClosed), "opened": stamp(file.opened),
      "lastPosition": .integer(file.lastPosition), "version": .integer(file.version),
      "claims": .array(
        file.sortedClaims.map {
          item(
            $0.number, $0.content.fields, "\($0.status) \($0.revision)", $0.recorded, $0.changed)
        }),
      "citations": .array(
        file.sortedCitations.map {
          item(
            $0.number, $0.content.fields, "\($0.isWithdrawn) \($0.revision) \($0.voice as Any)",
            $0.recorded, $0.changed)
        }),
      "disputes": .array(
        file.sortedDisputes.map {
          item(
            $0.number, $0.content.fields, $0.resolution ?? "open", $0.recorded,
            $0.resolved ?? $0.recorded)
        }),
      "identities": .array(
        file.sortedIdentities.map { item(0, $0.content.fields, "", $0.recorded, $0.recorded) }),
      "conclusions": .array(
        file.conclusions.values.sorted { $0.number < $1.number }.map {
          item(
            $0.number, $0.content.fields, "\($0.isWithdrawn) \($0.revision)", $0.recorded,
            $0.changed)
        }),
      "annotations": annotations(file.annotations),
    ])
  }

  private static func source(_ source: Source) -> JSON {
    .object([
      "content": .object(source.content.fields),
      "copies": .array(source.copies.map { .object($0.content.fields) }),
      "derivations": .array(source.derivations.map { .object($0.content.fields) }),
      "grade": text(source.grade.map { "\($0.content.rawValue) \($0.grounds ?? "")" }),
      "annotations": annotations(source.annotations), "registered": stamp(source.registered),
      "lastPosition": .integer(source.lastPosition), "version": .integer(source.version),
    ])
  }

  private static func register(_ register: Register?) -> JSON {
    guard let register else { return .null }
    return .object([
      "content": .object(register.content.fields),
      "vocabulary": .array(register.vocabulary.map { .object($0.predicate.fields) }),
      "tabulations": .array(
        register.tabulations.map {
          item(
            0, $0.content.fields, "\($0.isWithdrawn) \($0.revision)", $0.recorded, $0.recorded)
        }),
      "annotations": annotations(register.annotations),
      "voided": .array(
        register.voided.sorted { $0.key < $1.key }.map { .string("@\($0.key) \($0.value)") }),
      "lastPosition": .integer(register.lastPosition), "version": .integer(register.version),
    ])
  }

  private static func annotations(_ annotations: Annotations) -> JSON {
    .array(
      annotations.sorted.map {
        item(
          $0.number, $0.content.fields, "\($0.isWithdrawn) \($0.revision)", $0.recorded, $0.changed)
      })
  }

  private static func item(
    _ number: Int, _ fields: JSONObject, _ status: String, _ recorded: Stamp, _ changed: Stamp
  ) -> JSON {
    .object([
      "number": .integer(number), "fields": .object(fields), "status": .string(status),
      "recorded": stamp(recorded), "changed": stamp(changed),
    ])
  }

  private static func stamp(_ stamp: Stamp) -> JSON {
    .string("@\(stamp.position) \(stamp.at) \(stamp.by)")
  }

  private static func text(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }
}

extension CasebookStore {
  /// A reading of the whole casebook, its cases loaded together.
  func rendered(_ reading: Reading) async throws -> String {
    let basis = try await log.resolve(reading.asOf, of: casebookID)
    let slugs = try await caseSlugs(at: basis)
    let view = try await view(of: Set(slugs), reading)
    return Rendering.text(view, cases: Array(view.state.cases.values))
  }

  /// The same reading, its cases folded one at a time.
  func renderedCaseByCase(_ reading: Reading) async throws -> String {
    var cases: [Case] = []
    let view = try await forEachCase(reading) { _, file in cases.append(file) }
    return Rendering.text(view, cases: cases)
  }
}
