import ArgumentParser
import Casebook
import CasebookStore
import EventLog
import StrictJSON
import Terminal

/// `dossier log verify`
struct LogVerify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Recompute every event's hash and the root of the log, and check its guards.",
    discussion: """
      EXAMPLES
        dossier log verify
        dossier log verify --size 1341 --root 5f0c…
        dossier log verify --domain

      Note the size and the root down, or mail them to a colleague: with them a later run shows whether history \
      was rewritten, even by somebody who may do anything on the server. Without them a log that was rewritten as a \
      whole, or whose end is missing, looks intact. Exit status 1 means that something is not as it was: an event, \
      an attached text, or what the schema guards the log with.

      Hashes are verified without reading what the events say. With --domain that is looked at, too: every event is \
      named that breaks a rule which the program keeps and the database does not, such as a claim without a place or \
      with a predicate that there is not; SQL can write one. Exit status 1 then also means that there is one.
      """)

  @Option(name: .long, help: "How many events there were when the root was noted down.") var size:
    Int?
  @Option(name: .long, help: "The root that was noted down.") var root: String?
  @Flag(name: .long, help: "Name the events that break a rule of the domain, too.")
  var domain = false
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let known = try KnownRootOptions.read(size: size, root: root)
    let session = try await Session.open(global)
    let schema = try await session.log.verifySchema()
    let store: CasebookStore
    let result: Verification
    let texts: TextVerification
    let members: MemberVerification
    do {
      store = try await session.casebook()
      result = try await store.log.verify(store.casebookID, against: known)
      texts = try await store.verifyTexts()
      members = try await store.log.verifyMembers(of: store.casebookID, imported: store.imported)
    } catch  where !schema.differences.isEmpty {
      // What was changed may be what reading needs.
      let changes = schema.differences.map(\.description).joined(separator: "; ")
      throw Failure(
        .checkFailed,
        "the log cannot be verified (\(Failure(error).message ?? "")), and its schema was changed: "
          + changes)
    }
    let faults = domain ? try await checkDomain(store, session, of: result.events) : nil
    try session.show(
      Document(json: Self.json(result, texts, members, schema, faults, store)) {
        Self.page(result, texts, members, schema, faults, store, width: $0)
      })
    if !Self.isIntact(result, texts, members, schema) || faults?.isEmpty == false {
      throw ExitStatus.checkFailed
    }
  }

  private func checkDomain(
    _ store: CasebookStore, _ session: Session, of events: Int
  ) async throws -> [DomainFault] {
    let progress = ImportProgress("checking the domain", unit: "events", session.terminal)
    defer { progress.finish() }
    return try await store.checkDomain { progress.advance(to: $0, of: events) }
  }

  private static func isIntact(
    _ result: Verification, _ texts: TextVerification, _ members: MemberVerification,
    _ schema: SchemaVerification
  ) -> Bool {
    result.firstFault == nil && texts.damaged.isEmpty && members.faults.isEmpty
      && schema.differences.isEmpty
  }

  private static func json(
    _ result: Verification, _ texts: TextVerification, _ members: MemberVerification,
    _ schema: SchemaVerification, _ faults: [DomainFault]?,
    _ store: CasebookStore
  ) -> JSON {
    .document(
      (
        "basis",
        .document(("casebook", .string(store.slug.text)), ("position", .integer(result.events)))
      ), ("events", .integer(result.events)), ("root", .string(result.root)),
      ("checkpoints", []),
      (
        "verdict",
        .string(isIntact(result, texts, members, schema) ? "intact" : "tampered")
      ),
      (
        "firstBad",
        result.firstFault.map {
          .document(("position", .integer($0.position)), ("problem", .string($0.problem)))
        }
      ),
      (
        "texts",
        .document(
          ("intact", .integer(texts.intact)), ("damaged", .array(texts.damaged.map(Self.json))),
          ("notKept", .array(texts.notKept.map(Self.json))))
      ),
      (
        "members",
        .document(
          (
            "faults",
            .array(
              members.faults.map {
                .document(("role", .string($0.role)), ("problem", .string($0.problem)))
              })
          ), ("unrecorded", .array(members.unrecorded.map { .string($0) })))
      ),
      (
        "schema",
        .document(
          ("differences", .array(schema.differences.map { .string($0.description) })),
          ("unavailable", .array(schema.unavailable.map { .string($0.object) })))
      ),
      (
        "standstills",
        .array(
          result.standstills.map {
            .document(("from", .integer($0.lowerBound)), ("to", .integer($0.upperBound)))
          })
      ), ("domain", faults.map { .document(("faults", .array($0.map(Self.json)))) }))
  }

  private static func json(_ fault: DomainFault) -> JSON {
    .document(
      ("position", .integer(fault.position)),
      ("stream", .string("\(fault.stream.kind.rawValue)/\(fault.stream.text)")),
      ("problem", .string(fault.problem)))
  }

  private static func json(_ text: TextVerification.Text) -> JSON {
    .document(("source", .string(text.source.text)), ("sha256", .string(text.sha256)))
  }

  private static func page(
    _ result: Verification, _ texts: TextVerification, _ members: MemberVerification,
    _ schema: SchemaVerification, _ faults: [DomainFault]?,
    _ store: CasebookStore, width: Int
  ) -> Page {
    var page = Page(width: width)
    if let fault = result.firstFault {
      page.add("\("@\(fault.position)", .bad): \(fault.problem)")
    } else {
      page.add("\("intact", .good): \(counted(result.events, "event")) of \(store.slug)")
    }
    page.add("root \(result.root)")
    if texts.intact > 0 {
      page.add("\("intact", .good): \(counted(texts.intact, "attached text"))")
    }
    for text in texts.damaged { page.add("\(text.source, .bad): \(text.damage)") }
    for text in texts.notKept { page.add("\(text.source, .caution): \(text.absence)") }
    for fault in members.faults { page.add("\(fault.role, .bad): \(fault.problem)") }
    for role in members.unrecorded {
      page.add("\(role, .caution): has access of which the log says nothing, from before it did")
    }
    for difference in schema.differences {
      page.add("\("schema", .bad): \(difference.description)")
    }
    if schema.differences.isEmpty {
      page.add("\("intact", .good): the schema, as the migrations made it")
    }
    for missing in schema.unavailable {
      page.add(
        "\("schema", .caution): \(missing.object) is not to be had here: changes are found, not refused"
      )
    }
    for stretch in result.standstills {
      page.add(
        "\("the server's clock had run back: @\(stretch.lowerBound)..@\(stretch.upperBound) bear one time", .caution)"
      )
    }
    if let faults { add(faults, of: result.events, to: &page) }
    return page
  }

  private static func add(_ faults: [DomainFault], of events: Int, to page: inout Page) {
    guard !faults.isEmpty else {
      page.add("\("kept", .good): the rules of the domain, by \(counted(events, "event"))")
      return
    }
    page.gap()
    page.add("\("broken", .bad): the rules of the domain, by \(counted(faults.count, "event")):")
    for fault in faults {
      let stream = "\(fault.stream.kind.rawValue)/\(fault.stream.text)"
      page.add(
        "\("@\(fault.position)", .strong)  \(stream)  \(fault.problem)", indent: 2, hanging: 4)
    }
  }
}
